import type { MessageId } from '../wire/frame.ts'

/**
 * Remembers what was answered to which message, so that a station that did not hear the answer and sends the same message again
 * gets the same answer, even while the first is still being worked on. One message id is remembered with its last text only:
 * stations exist that number every message `1`.
 */
export interface ReplayCache {
  find(id: MessageId, text: string): Promise<string> | undefined
  keep(id: MessageId, text: string, answer: Promise<string>): void
}

export const createReplayCache = (size = 8): ReplayCache => {
  // Most of ten thousand stations say nothing most of the time: what they do not use they do not pay for.
  let entries: Map<MessageId, { text: string; answer: Promise<string> }> | undefined
  return {
    find: (id, text) => {
      const entry = entries?.get(id)
      return entry?.text === text ? entry.answer : undefined
    },
    keep: (id, text, answer) => {
      entries ??= new Map()
      entries.delete(id)
      entries.set(id, { text, answer })
      if (entries.size > size) for (const oldest of entries.keys()) return void entries.delete(oldest)
    },
  }
}
