/**
 * Frames that wait to be written, as bytes side by side. Their texts would otherwise be kept alive one by one until the next flush,
 * and moved about by the garbage collector in the meantime. The bytes lie in blocks that serve again: memory outside the heap that is
 * always made anew has the collector run for its sake.
 */
export interface FrameArena {
  /** Keeps a frame, and puts its start and its end to `places`. Throws `RangeError` for one that is longer than a block. */
  add(places: number[], at: number, direction: 'in' | 'out', text: string): void
  /** Bytes of all frames. */
  readonly length: number
  /** The frames at these places, one after the other: start and end of each in turn. */
  collect(places: readonly number[]): Buffer
  /** Its blocks serve another arena; nothing can be collected any more. */
  release(): void
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

const blockBytes = 256 * 1024
/** Blocks kept for arenas to come. */
const mostSpare = 32
const spare: Buffer[] = []

export const createFrameArena = (): FrameArena => {
  let blocks: Buffer[] = []
  let bytes: Buffer | undefined
  /** Where the present block begins, counted over all of them, and how far it is used. */
  let base = -blockBytes
  let used = blockBytes
  let length = 0
  /** Frames of one minute have their first digits in common. */
  let head = ''
  let headOf = Number.NaN
  const roomFor = (most: number): Buffer => {
    if (bytes !== undefined && used + most <= blockBytes) return bytes
    if (most > blockBytes) throw new RangeError(`A frame of ${most} bytes does not fit into a block of ${blockBytes}`)
    bytes = spare.pop() ?? Buffer.allocUnsafeSlow(blockBytes)
    blocks.push(bytes)
    base += blockBytes
    used = 0
    return bytes
  }
  const writeTime = (to: Buffer, at: number): void => {
    const high = Math.floor(at / lowDigits)
    if (high !== headOf) {
      head = high.toString(36)
      headOf = high
    }
    const low = at - high * lowDigits
    for (let place = 0; place < head.length; place += 1) to[used + place] = head.charCodeAt(place)
    used += head.length
    to[used] = digits.charCodeAt(Math.floor(low / 1_296))
    to[used + 1] = digits.charCodeAt(Math.floor(low / 36) % 36)
    to[used + 2] = digits.charCodeAt(low % 36)
    used += 3
  }
  return {
    add: (places, at, direction, text) => {
      const block = roomFor(text.length * 3 + 32)
      const start = used
      writeTime(block, at)
      block[used] = direction === 'in' ? 0x3c : 0x3e
      used += 1
      used += block.write(text, used, 'utf8')
      block[used] = separator
      used += 1
      length += used - start
      places.push(base + start, base + used)
    },
    get length() {
      return length
    },
    collect: (places) => {
      let sum = 0
      for (let index = 0; index < places.length; index += 2) sum += places[index + 1]! - places[index]!
      const collected = Buffer.allocUnsafe(sum)
      let end = 0
      for (let index = 0; index < places.length; index += 2) {
        const block = Math.floor(places[index]! / blockBytes)
        const from = block * blockBytes
        end += blocks[block]!.copy(collected, end, places[index]! - from, places[index + 1]! - from)
      }
      return collected
    },
    release: () => {
      for (const block of blocks) if (spare.length < mostSpare) spare.push(block)
      blocks = []
      bytes = undefined
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
