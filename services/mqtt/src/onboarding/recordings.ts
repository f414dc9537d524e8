import { randomUUID } from 'node:crypto'
import { type Clock, type Party, type PlugRecording, type PlugRecordingStart, WerenodeError } from '@werenode/core'
import type { MqttService } from '../service.ts'
import type { Recording } from './recorder.ts'

/** Recordings asked for by operators. They live as long as this process: a device is recorded again in a minute. */
export interface Recordings {
  start(wanted: { party: Party; prefix: string; seconds: number }): Promise<PlugRecordingStart>
  get(which: { party: Party; recordingId: string }): PlugRecording
}

/** At a time, of all parties: each opens a door. */
const mostRunning = 5
const mostKept = 50
const mostSeconds = 900

export const createRecordings = (deps: {
  readonly service: Pick<MqttService, 'record'>
  readonly clock: Clock
}): Recordings => {
  const { service, clock } = deps
  const kept = new Map<string, { readonly party: Party; result?: Recording }>()

  return {
    start: async ({ party, prefix, seconds }) => {
      if (!Number.isFinite(seconds) || seconds < 1 || seconds > mostSeconds)
        throw new WerenodeError('invalid-input', `A device cannot be recorded for ${seconds} s`, {
          hint: `Give 1 to ${mostSeconds} seconds; a few of its reports are enough.`,
        })
      if ([...kept.values()].filter(({ result }) => result === undefined).length >= mostRunning)
        throw new WerenodeError('conflict', 'Too many devices are being recorded', {
          hint: 'Try again in some minutes.',
        })
      const { username, password, done } = await service.record({ prefix, durationMs: seconds * 1000 })
      const recordingId = randomUUID()
      const entry: { readonly party: Party; result?: Recording } = { party }
      kept.set(recordingId, entry)
      for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest)
      done.then(
        (result) => {
          entry.result = result
        },
        // The broker went away: nothing was heard, and the operator is told so by an empty recording.
        () => {
          entry.result = { heard: [], suggestions: [], draft: undefined, questions: [] }
        },
      )
      return { recordingId, username, password, endsAt: new Date(clock().getTime() + seconds * 1000).toISOString() }
    },
    get: ({ party, recordingId }) => {
      const entry = kept.get(recordingId)
      if (entry?.party !== party)
        throw new WerenodeError('not-found', 'There is no such recording', {
          hint: 'They end with the server; record again.',
        })
      const { heard, suggestions, draft, questions } = entry.result ?? { heard: [], suggestions: [], questions: [] }
      return {
        recordingId,
        done: entry.result !== undefined,
        heard,
        suggestions,
        ...(draft === undefined ? {} : { draft }),
        questions,
      }
    },
  }
}
