import {
  chargeEscrowAbi,
  evseIdHash,
  evseRegistryAbi,
  operatorRegistryAbi,
  partyBytes,
  standardBytes,
} from '@werenode/chain'
import type { Address, Hex } from '@werenode/core'
import { encodeAbiParameters, encodeEventTopics, type Log } from 'viem'
import { describe, expect, it } from 'vitest'
import { busyConnectors, emptyIndex, fold } from '../src/registry/fold.ts'
import { plugKey } from '../src/registry/plug.ts'
import { availabilityOf, searchPlugs } from '../src/registry/search.ts'

const at = (n: number): Address => `0x${n.toString(16).padStart(40, '0')}`
const word = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`
const addresses = {
  ...{ chainId: 31337, name: 'local', verifier: at(4), evidenceRules: at(5), tokens: [], fromBlock: 0n },
  ...{ operatorRegistry: at(1), evseRegistry: at(2), escrow: at(3) },
}
const abis = { [at(1)]: operatorRegistryAbi, [at(2)]: evseRegistryAbi, [at(3)]: chargeEscrowAbi } as const

/** A log as a node tells it. */
const log = (address: Address, name: string, args: Readonly<Record<string, unknown>>): Log => {
  const abi = abis[address] as readonly {
    type: string
    name?: string
    inputs?: readonly { name: string; indexed?: boolean }[]
  }[]
  const event = abi.find((item) => item.type === 'event' && item.name === name)!
  const plain = event.inputs!.filter(({ indexed }) => indexed !== true)
  return {
    address,
    topics: encodeEventTopics({ abi: [event], eventName: name, args } as never),
    data: encodeAbiParameters(plain as never, plain.map((input) => args[input.name]) as never),
  } as unknown as Log
}

const operatorId = word(7)
const offer = {
  ...{ token: at(8), payee: at(9), startFee: 0n, pricePerKWh: 390_000n, pricePerMinute: 0n, idlePerMinute: 0n },
  ...{ tariffHash: word(1), meterKeyHash: word(2), maxPowerW: 24_200, disputeWindow: 86_400, disputeBond: 250_000n },
  ...{ minAmount: 5_000_000n, maxAmount: 200_000_000n, startDelay: 1_800, settlePeriod: 345_600, connectors: 2n },
}
const listed = (evseId: string, name: string): readonly Log[] => {
  const id = { operatorId, evseIdHash: evseIdHash(evseId) }
  const connectors = [{ connector: 1, standard: standardBytes('IEC_62196_T2'), maxPowerW: 22_000 }]
  const listing = { evseId, name, latitudeE7: 457_578_000, longitudeE7: 48_320_000, connectors }
  return [
    log(at(2), 'EvseListed', { ...id, listing }),
    log(at(2), 'EvseActive', { ...id, active: true }),
    log(at(2), 'OfferSet', { ...id, offerHash: word(5), offer, validUntil: 2_000_000_000 }),
  ]
}
const lyon = 'FR*ABC*E000001'
const key = plugKey(operatorId, evseIdHash(lyon))
const nowS = 1_900_000_000
const opened = (sessionId: Hex): Log =>
  log(at(3), 'SessionOpened', {
    ...{ sessionId, operatorId, driver: at(6) },
    terms: {
      ...{ driver: at(6), operatorId, payee: at(9), token: at(8), source: 0, startFee: 0n, pricePerKWh: 1n },
      ...{ pricePerMinute: 0n, idlePerMinute: 0n, maxPowerW: 1, sessionKey: at(0), evseIdHash: evseIdHash(lyon) },
      ...{ connector: 1, maxAmount: 5_000_000n, tariffHash: word(1), meterKeyHash: word(2), disputeBond: 0n },
      ...{ disputeWindow: 3_600, openBy: 1, startBy: 1, settleBy: 1, salt: word(9) },
    },
  })

describe('the index of the network', () => {
  it('knows a plug with position, connectors, price and operator from events alone', () => {
    const index = emptyIndex()
    const founded = { operatorId, owner: at(6), party: partyBytes('FR*ABC'), payout: at(9), metadataUri: '' }
    fold(index, [log(at(1), 'OperatorRegistered', founded), ...listed(lyon, 'Lyon, Bellecour')], addresses)
    expect(index.operators.get(operatorId)).toMatchObject({ party: 'FR*ABC' })
    expect(index.plugs.get(key)).toMatchObject({
      ...{ evseId: lyon, name: 'Lyon, Bellecour', lat: 45.7578, lon: 4.832, active: true, offerUntil: 2_000_000_000 },
      connectors: [{ connector: 1, standard: 'IEC_62196_T2', maxPowerW: 22_000 }],
      offer: { pricePerKWh: 390_000n },
    })
  })

  it('says in use while a session is open, free when it is proposed or over, closed when the offer ran out', () => {
    const index = emptyIndex()
    fold(index, listed(lyon, 'Lyon'), addresses)
    const now = (when = nowS) => availabilityOf(index.plugs.get(key)!, busyConnectors(index), when)
    expect(now()).toBe('free')
    fold(index, [opened(word(11))], addresses)
    expect(now()).toBe('busy')
    fold(index, [log(at(3), 'SessionCancelled', { sessionId: word(11), returned: 1n })], addresses)
    expect(now()).toBe('free')
    expect(now(2_000_000_001)).toBe('closed')
    fold(index, [log(at(2), 'OfferWithdrawn', { operatorId, evseIdHash: evseIdHash(lyon) })], addresses)
    expect(now()).toBe('closed')
  })

  it('is the same when events are told twice, and passes over what it does not know', () => {
    const index = emptyIndex()
    const events = [...listed(lyon, 'Lyon'), opened(word(11))]
    fold(index, events, addresses)
    const once = structuredClone({ plugs: index.plugs, live: index.live })
    fold(index, [...events, { ...events[0]!, topics: [word(1)] }, { ...events[0]!, address: at(99) }], addresses)
    expect({ plugs: index.plugs, live: index.live }).toEqual(once)
  })

  it('finds by words of name and id, accents aside, free plugs first', () => {
    const index = emptyIndex()
    fold(index, [...listed(lyon, 'Besançon'), ...listed('FR*ABC*E000002', 'Besançon'), opened(word(1))], addresses)
    const found = searchPlugs(index, { words: 'besancon frabce', onlyFree: false, nowS })
    expect(found.map(({ plug, availability }) => [plug.evseId, availability])).toEqual([
      ['FR*ABC*E000002', 'free'],
      [lyon, 'busy'],
    ])
    expect(searchPlugs(index, { words: '', onlyFree: true, nowS })).toHaveLength(1)
  })
})
