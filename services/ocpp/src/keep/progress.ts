import type { Dossier, DossierKind } from '../watch/dossier.ts'

/** One step of something that takes a station a while: an update, an upload. */
export interface Progress {
  readonly status: string
  readonly at: string
  readonly info?: string
}

interface Course {
  readonly status: string
  readonly steps: readonly Progress[]
  readonly [member: string]: unknown
}

/** Adds a step to an entry's course, beginning one where there is none: a station may go on with what another server began. */
export const addProgress = async (
  dossier: Dossier,
  stationId: string,
  kind: DossierKind,
  key: string,
  step: Progress,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> => {
  const known = (await dossier.get(stationId, kind, key))?.value as Course | undefined
  const steps = [...(known?.steps ?? []), step].slice(-50)
  await dossier.put(stationId, kind, [{ key, value: { ...known, ...more, status: step.status, steps } }])
}
