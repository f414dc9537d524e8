import type { StationFrame } from '@werenode/core'

/** Frames in one question to the service that keeps them. */
const pageOfFrames = 5_000

type Ask = (page: { limit: number; until: string; skip: number }) => Promise<{ items: readonly StationFrame[] }>

/** The log as JSON lines, oldest first. What comes while it is read is not in it: the pages would shift. */
export const logAsLines = async (ask: Ask, now: Date): Promise<string> => {
  // This millisecond is not over yet.
  const until = new Date(now.getTime() - 1)
  const frames: StationFrame[] = []
  for (;;) {
    const { items } = await ask({ limit: pageOfFrames, until: until.toISOString(), skip: frames.length })
    frames.push(...items)
    if (items.length < pageOfFrames) break
  }
  return frames
    .toReversed()
    .map(({ at, direction, text }) => `${JSON.stringify({ at, direction, frame: parsed(text) })}\n`)
    .join('')
}

/** A frame that was no JSON, or was cut, stays the text it is. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
