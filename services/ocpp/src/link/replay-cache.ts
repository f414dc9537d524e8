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

interface Entry {
  id: MessageId
  text: string
  answer: Promise<string>
}

export const createReplayCache = (size = 8): ReplayCache => {
  // Oldest first. Looking at eight entries costs less than keeping a map of eight in order.
  const entries: Entry[] = []
  const placeOf = (id: MessageId): number => {
    for (let place = entries.length - 1; place >= 0; place -= 1) if (entries[place]!.id === id) return place
    return -1
  }
  return {
    find: (id, text) => {
      const entry = entries[placeOf(id)]
      return entry?.text === text ? entry.answer : undefined
    },
    keep: (id, text, answer) => {
      const place = placeOf(id)
      if (place >= 0) entries.splice(place, 1)
      const entry = entries.length < size ? undefined : entries.shift()
      if (!entry) return void entries.push({ id, text, answer })
      entry.id = id
      entry.text = text
      entry.answer = answer
      entries.push(entry)
    },
  }
}
