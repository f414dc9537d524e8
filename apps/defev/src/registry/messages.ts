import type { Deployment } from '../chain/deployment.ts'
import type { Question } from './questions.ts'

/** How much is known, as the worker tells it a few times a second at most. */
export interface Progress {
  /** Blocks read of those there are; equal when all is known. */
  readonly block: bigint
  readonly head: bigint
  readonly known: boolean
  readonly plugs: number
  /** Rises whenever an answer may have changed. */
  readonly version: number
  /** No node answers just now. */
  readonly away: boolean
  /** This browser does not let the app keep what it read. */
  readonly unkept: boolean
}
export const noProgress: Progress = {
  ...{ block: 0n, head: 1n, known: false, plugs: 0, version: 0, away: false, unkept: false },
}

/** From the page to the worker. */
export type ToWorker =
  | { readonly kind: 'start'; readonly deployment: Deployment }
  | { readonly kind: 'look' }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question; readonly asked: unknown }

/** From the worker to the page. */
export type ToPage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'trouble'; readonly id: number; readonly words: string }
