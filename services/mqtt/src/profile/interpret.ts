import type { Device, Reader } from './device.ts'
import { at, parsePayload } from './payload-path.ts'
import type { Told } from './quantities.ts'

/**
 * What a message tells of a device, in the house's units; undefined when it tells nothing (another topic, another channel, not what
 * the profile expects). Never throws: messages come from anyone's firmware.
 */
export const interpret = (device: Device, topic: string, payload: Uint8Array): Told | undefined => {
  const readers = device.reads.get(topic)
  if (readers === undefined) return undefined
  const parsed = parsePayload(payload)
  let told: Told | undefined
  for (const reader of readers) {
    const found = toldBy(device, reader, parsed)
    if (found === undefined) continue
    told ??= {}
    ;(told as Record<string, unknown>)[reader.quantity] = found
  }
  return told
}

const toldBy = (device: Device, reader: Reader, payload: unknown): boolean | number | string | undefined => {
  for (const path of reader.paths) {
    const here = at(payload, path)
    if (here === undefined || here === null) continue
    // An object where a value is expected: another alternative may fit.
    if (typeof here === 'object' && !Array.isArray(here)) continue
    return reader.is === undefined ? numberOf(device, reader, here) : wordOf(reader, here)
  }
  return undefined
}

const wordOf = (reader: Reader, here: unknown): boolean | number | string | undefined => {
  // A list of faults: the first counts, an empty one says that there is none.
  const one = Array.isArray(here) ? (here[0] ?? '') : here
  const word = String(one).trim().toLowerCase()
  const means = reader.is!.get(word) ?? (reader.is!.has(word) ? null : reader.is!.get('*'))
  if (means === undefined || means === null) return undefined
  if (typeof means === 'string') return means.replace('*', String(one).slice(0, 60))
  return means
}

const numberOf = (device: Device, reader: Reader, here: unknown): number | undefined => {
  if (!Array.isArray(here)) {
    // One figure for all outlets is nobody's: it must not be billed to each of them.
    if (reader.shared && device.isMultiChannel && device.channel !== 'all') return undefined
    return scaled(here, reader.factor)
  }
  const numbers = here.map((part) => scaled(part, reader.factor)).filter((part) => part !== undefined)
  if (numbers.length === 0) return undefined
  if (reader.array === 'max') return Math.max(...numbers)
  if (reader.array === 'sum' || (device.channel === 'all' && reader.quantity !== 'voltage'))
    return numbers.reduce((sum, part) => sum + part, 0)
  return scaled(here[device.channel === 'all' ? 0 : device.channel], reader.factor)
}

const scaled = (value: unknown, factor: number): number | undefined => {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return undefined
  const number = Number(value) * factor
  return Number.isFinite(number) ? number : undefined
}
