import type { HouseTranslate } from './catalogue.ts'
import { isMessageKey } from './catalogue.ts'

/** What went wrong and what to do, as RFC 9457 problem details carry it. Foreign fields are not needed. */
export interface Problem {
  readonly code?: string
  readonly title?: string
  readonly detail?: string
  /** Names the occurrence in the server's log. */
  readonly instance?: string
}
export interface SaidProblem {
  readonly what: string
  readonly todo: string | undefined
}

/**
 * A problem in the reader's language, by its registered code; a code we do not know yet keeps the server's own sentence.
 * The server's `detail` names the object and goes under ours where there is room.
 */
export const sayProblem = (t: HouseTranslate, problem: Problem): SaidProblem => {
  const reference = problem.instance ?? '-'
  const speak = (key: string): string | undefined =>
    isMessageKey(key)
      ? (t as unknown as (key: string, values: object) => string)(key, { reference, network: '-' })
      : undefined
  const what = problem.code === undefined ? undefined : speak(`error.${problem.code}`)
  if (what === undefined || problem.code === undefined)
    return { what: problem.detail ?? problem.title ?? t('error.unknown'), todo: undefined }
  return { what, todo: speak(`error.${problem.code}.do`) }
}
