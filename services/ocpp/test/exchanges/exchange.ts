import type { DossierKind } from '../../src/index.ts'

/** One message with an answer, and what must be found afterwards through the console. */
export interface Exchange {
  readonly action: string
  /** `in`: the station asks. `out`: we ask. */
  readonly direction: 'in' | 'out'
  readonly request: unknown
  /** in: what we must answer (`toMatchObject`). out: what the station answers. */
  readonly answer?: unknown
  /** Entries that must be there afterwards, with these members; `null` where none may be. */
  readonly leaves: readonly (readonly [kind: DossierKind, key: string, value: unknown])[]
}

/** Messages whose tests stand in a file of their own. */
export interface TestedElsewhere {
  readonly action: string
  readonly direction: 'in' | 'out'
  readonly test: string
}
