/**
 * Frames that wait to be written, as bytes side by side. Their texts would otherwise be kept alive one by one until the next flush,
 * and moved about by the garbage collector in the meantime.
 */
export interface FrameArena {
  /** Where the frame ends, which `add` began at `length`. */
  add(at: number, direction: 'in' | 'out', text: string): number
  readonly length: number
  /** The frames at these places, one after the other: start and end of each in turn. */
  collect(places: readonly number[]): Buffer
}

export interface ArenaFrame {
  readonly at: number
  readonly direction: 'in' | 'out'
  readonly text: string
}

/** ASCII's record separator: no JSON holds it, and what is no JSON and does is put together again. */
const separator = 0x1e

const digits = '0123456789abcdefghijklmnopqrstuvwxyz'
/** 36³: what the last three digits of a time count to, ms. */
const lowDigits = 46_656

export const createFrameArena = (firstBytes = 64 * 1024): FrameArena => {
  let bytes = Buffer.allocUnsafe(firstBytes)
  let used = 0
  /** Frames of one minute have their first digits in common. */
  let head = ''
  let headOf = Number.NaN
  const writeTime = (at: number): void => {
    const high = Math.floor(at / lowDigits)
    if (high !== headOf) {
      head = high.toString(36)
      headOf = high
    }
    const low = at - high * lowDigits
    for (let place = 0; place < head.length; place += 1) bytes[used + place] = head.charCodeAt(place)
    used += head.length
    bytes[used] = digits.charCodeAt(Math.floor(low / 1_296))
    bytes[used + 1] = digits.charCodeAt(Math.floor(low / 36) % 36)
    bytes[used + 2] = digits.charCodeAt(low % 36)
    used += 3
  }
  return {
    add: (at, direction, text) => {
      const start = used
      const most = start + text.length * 3 + 32
      if (most > bytes.length) {
        const larger = Buffer.allocUnsafe(Math.max(most, bytes.length * 2))
        bytes.copy(larger, 0, 0, start)
        bytes = larger
      }
      writeTime(at)
      bytes[used] = direction === 'in' ? 0x3c : 0x3e
      used += 1
      used += bytes.write(text, used, 'utf8')
      bytes[used] = separator
      used += 1
      return used
    },
    get length() {
      return used
    },
    collect: (places) => {
      let length = 0
      for (let index = 0; index < places.length; index += 2) length += places[index + 1]! - places[index]!
      const collected = Buffer.allocUnsafe(length)
      let end = 0
      for (let index = 0; index < places.length; index += 2)
        end += bytes.copy(collected, end, places[index]!, places[index + 1]!)
      return collected
    },
  }
}

/** The frames in what an arena collected. */
export const framesIn = (collected: string): readonly ArenaFrame[] => {
  const frames: ArenaFrame[] = []
  for (const piece of collected.split('\x1e')) {
    const [head, at, sign] = /^([0-9a-z]{8,9})([<>])/.exec(piece) ?? []
    const last = frames.at(-1)
    if (head !== undefined)
      frames.push({
        at: Number.parseInt(at!, 36),
        direction: sign === '<' ? 'in' : 'out',
        text: piece.slice(head.length),
      })
    else if (piece !== '' && last) frames[frames.length - 1] = { ...last, text: `${last.text}\x1e${piece}` }
  }
  return frames
}
