import { evseIdHash } from '@werenode/chain'
import { describe, expect, it } from 'vitest'
import { busyConnectors, emptyIndex, fold, undo } from '../src/registry/fold.ts'
import { plugKey } from '../src/registry/plug.ts'
import { availabilityOf, searchPlugs } from '../src/registry/search.ts'
import { addresses, at, founded, listed, log, offer, opened as openedAt, operatorId, word } from './chain-logs.ts'

const lyon = 'FR*ABC*E000001'
const key = plugKey(operatorId, evseIdHash(lyon))
const nowS = 1_900_000_000
const opened = (id: ReturnType<typeof word>) => openedAt(id, lyon)

describe('the index of the network', () => {
  it('knows a plug with position, connectors, price and operator from events alone', () => {
    const index = emptyIndex()
    fold(index, [founded, ...listed(lyon, 'Lyon, Bellecour')], addresses)
    expect(index.operators.get(operatorId)).toMatchObject({ party: 'FR*ABC' })
    expect(index.plugs.get(key)).toMatchObject({
      ...{ evseId: lyon, name: 'Lyon, Bellecour', lat: 45.7578, lon: -4.832, active: true, offerUntil: 2_000_000_000 },
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

  it('takes a batch back as if it had never been, and passes over broken data', () => {
    const index = emptyIndex()
    fold(index, [founded, ...listed(lyon, 'Lyon')], addresses)
    const before = structuredClone(index)
    const change = fold(
      index,
      [
        ...listed('FR*ABC*E000002', 'Paris'),
        opened(word(11)),
        log(at(2), 'OfferSet', {
          ...{ operatorId, evseIdHash: evseIdHash(lyon), offerHash: word(6), validUntil: 1 },
          offer: { ...offer, pricePerKWh: 1n },
        }),
        { ...listed(lyon, 'Broken')[0]!, data: '0x1234' },
      ],
      addresses,
    )
    expect(index.plugs.size).toBe(2)
    expect(index.plugs.get(key)?.name).toBe('Lyon')
    undo(index, change)
    expect(index).toEqual(before)
  })
})
