import { WerenodeError } from '@werenode/core'
import type { Stations } from '@werenode/sdk'
import type { Parsed } from '../../terminal/arguments.ts'
import type { Screen } from '../../terminal/screen.ts'
import type { StationVerb, stationSpec } from './spec.ts'

export type StationOptions = Parsed<(typeof stationSpec)['options']>['options']

/** What every verb works with. */
export interface Work {
  readonly stations: Stations
  readonly screen: Screen
  readonly options: StationOptions
  /** The words after the verb. */
  readonly words: readonly string[]
  /** The nth word, or an error that says what is missing. */
  word(place: number, what: string): string
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

export type Verb = (work: Work) => Promise<number>
export type Verbs<K extends StationVerb> = { readonly [V in K]: Verb }

export const badOption = (message: string, hint: string): WerenodeError =>
  new WerenodeError('invalid-input', message, { hint })

export const widthOf = (screen: Screen): number => (screen.live ? screen.columns : 160)
