import { readFileSync } from 'node:fs'
import type { Addressed } from '../control/protocol.ts'
import { commandIn } from '../control/words.ts'

/**
 * One step of a scenario file: what is done, or what is waited for. Steps follow each other; `afterS` is real time before one.
 *
 * ```json
 * [{ "do": "plugIn", "station": "SIM-1" }, { "waitFor": "transaction", "that": { "state": "began" } }, { "afterS": 5, "say": "@SIM-1 plugOut" }]
 * ```
 */
export interface Step {
  readonly command?: Addressed
  readonly waitFor?: {
    readonly event: string
    readonly station?: string
    readonly that: Readonly<Record<string, unknown>>
  }
  readonly afterS: number
  /** How long it waits for an event, s. */
  readonly withinS: number
  readonly words: string
}

/** Reads a scenario; throws a sentence that names the step. */
export const readScenario = (file: string): readonly Step[] => {
  const list = JSON.parse(readFileSync(file, 'utf8')) as unknown
  if (!Array.isArray(list)) throw new Error(`${file} must hold a JSON array of steps`)
  return list.map((entry, index) => {
    try {
      return stepIn(entry as Record<string, unknown>)
    } catch (error) {
      throw new Error(`Step ${index + 1} of ${file}: ${(error as Error).message}`)
    }
  })
}

const stepIn = (entry: Record<string, unknown>): Step => {
  const { afterS = 0, withinS = 60, waitFor, that = {}, say, station, ...command } = entry
  if (typeof afterS !== 'number' || typeof withinS !== 'number') throw new Error('afterS and withinS are seconds')
  const common = { afterS, withinS, words: JSON.stringify(entry) }
  if (typeof waitFor === 'string') {
    const wanted = { event: waitFor, that: that as Readonly<Record<string, unknown>> }
    return { ...common, waitFor: typeof station === 'string' ? { ...wanted, station } : wanted }
  }
  if (typeof say === 'string') return { ...common, command: commandIn(say) }
  if (typeof command.do === 'string')
    return { ...common, command: { ...command, ...(typeof station === 'string' ? { station } : {}) } as Addressed }
  if (Object.keys(command).length === 0 && afterS > 0) return common
  throw new Error('it has neither "do" nor "say" nor "waitFor"')
}

type Told = Readonly<Record<string, unknown>>

/** Plays a scenario on a fleet. Rejects with the step that failed. */
export const playScenario = async (
  steps: readonly Step[],
  {
    perform,
    next,
    told,
  }: {
    perform: (command: Addressed) => Promise<unknown>
    /** The first event from here on for which `holds`, or undefined when the time is over. */
    next: (holds: (event: Told) => boolean, withinMs: number) => Promise<Told | undefined>
    told: (data: { step: number; of: number; words: string }) => void
  },
): Promise<void> => {
  for (const [index, step] of steps.entries()) {
    if (step.afterS > 0) await new Promise((resolve) => setTimeout(resolve, step.afterS * 1_000))
    const { command, waitFor } = step
    if (command) await perform(command)
    if (waitFor) {
      const { event, station, that } = waitFor
      const fits = (one: Told): boolean =>
        one.event === event &&
        (station === undefined || one.station === station) &&
        Object.entries(that).every(([key, value]) => one[key] === value)
      if (!(await next(fits, step.withinS * 1_000)))
        throw new Error(`Step ${index + 1} waited ${step.withinS} s in vain: ${step.words}`)
    }
    told({ step: index + 1, of: steps.length, words: step.words })
  }
}
