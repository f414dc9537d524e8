/** Why a connection must end. */
export type GuardVerdict = 'too-large' | 'too-fast' | 'malformed'

/**
 * Watches the bytes of one connection and counts MQTT packets before they are parsed (MQTT 3.1.1 §2.2): the parser itself would
 * gather a packet of any announced size. Returns a verdict once, and nothing while all is well.
 */
export const createPacketGuard = (limits: {
  readonly maxPacketBytes: number
  /** Packets per second over time, and how many may come at once. */
  readonly packetsPerS: number
  readonly burst: number
  readonly now: () => number
}): ((chunk: Uint8Array) => GuardVerdict | undefined) => {
  let tokens = limits.burst
  let refilledAt = limits.now()
  /** Bytes of the present packet still to come; -1 at a packet's first byte, -2 within its length. */
  let left = -1
  let length = 0
  let shift = 0

  const admit = (): boolean => {
    tokens -= 1
    if (tokens >= 0) return true
    const now = limits.now()
    tokens = Math.min(limits.burst, tokens + ((now - refilledAt) / 1000) * limits.packetsPerS)
    refilledAt = now
    return tokens >= 0
  }

  return (chunk) => {
    for (let index = 0; index < chunk.length; ) {
      if (left > 0) {
        const skipped = Math.min(left, chunk.length - index)
        left -= skipped
        index += skipped
        if (left === 0) left = -1
        continue
      }
      const byte = chunk[index]!
      index += 1
      if (left === -1) {
        if (!admit()) return 'too-fast'
        left = -2
        length = 0
        shift = 0
        continue
      }
      length += (byte & 0x7f) * 2 ** shift
      shift += 7
      if (length > limits.maxPacketBytes) return 'too-large'
      if ((byte & 0x80) === 0) left = length === 0 ? -1 : length
      else if (shift > 21) return 'malformed'
    }
    return undefined
  }
}
