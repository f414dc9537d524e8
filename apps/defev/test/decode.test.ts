import { chargeEscrowAbi, evseRegistryAbi, operatorRegistryAbi } from '@werenode/chain'
import { decodeEventLog } from 'viem'
import { describe, expect, it } from 'vitest'
import { eventDecoder } from '../src/registry/decode.ts'
import { founded, listed, opened, word } from './chain-logs.ts'

const lowered = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, one) =>
      typeof one === 'bigint' ? `${one}n` : typeof one === 'string' && one.startsWith('0x') ? one.toLowerCase() : one,
    ),
  )

describe('the decoder of the index', () => {
  const all = [
    [operatorRegistryAbi, [founded]],
    [evseRegistryAbi, listed('FR*ABC*E000001', 'Besançon, gare ☀ '.repeat(9))],
    [chargeEscrowAbi, [opened(word(11), 'FR*ABC*E000001')]],
  ] as const

  it('reads each event as viem does', () => {
    for (const [abi, logs] of all)
      for (const { topics, data } of logs) {
        const theirs = decodeEventLog({ abi: abi as never, topics: topics as never, data: data as never }) as {
          eventName: string
          args: unknown
        }
        const { decode } = eventDecoder(abi, [theirs.eventName])
        expect(lowered(decode(topics, data))).toEqual(lowered({ name: theirs.eventName, args: theirs.args }))
      }
  })

  it('knows no other event, and refuses data that is cut off or promises too much', () => {
    const [listing] = listed('FR*ABC*E000001', 'Lyon')
    const { decode } = eventDecoder(evseRegistryAbi, ['EvseListed'])
    expect(decode([word(1)], listing!.data)).toBeUndefined()
    for (const cut of [10, 66, 200, 400])
      expect(() => decode(listing!.topics, listing!.data.slice(0, cut))).toThrow(RangeError)
    const huge = `0x${'f'.repeat(64)}${listing!.data.slice(66)}`
    expect(() => decode(listing!.topics, huge)).toThrow(RangeError)
  })
})
