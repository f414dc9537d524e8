import { openMemoryStore } from '@werenode/store'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { collections, type Partner } from '../src/collections.ts'
import type { PeerAnswer } from '../src/http/peer.ts'
import type { Location } from '../src/model/model.ts'
import { createObjects } from '../src/objects/objects.ts'
import { createOutbox, type Outbox } from '../src/outbox/outbox.ts'
import { createSend } from '../src/outbox/send.ts'
import type { PartnerRequest } from '../src/partners/caller.ts'
import { eventually } from './node.ts'
import { location } from './samples.ts'

/** What a partner holds is what we hold, however its answers get lost. */
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const partner: Partner = {
  _id: 'P1',
  name: 'Partner',
  state: 'registered',
  version: '2.2.1',
  theirToken: 'theirs',
  ourTokens: [],
  roles: [{ role: 'EMSP', country_code: 'DE', party_id: 'ABC', business_details: { name: 'Partner' } }],
  endpoints: [{ identifier: 'locations', role: 'RECEIVER', url: 'http://partner/locations' }],
  createdAt: '2026-11-22T08:00:00.000Z',
}
const took: PeerAnswer = { ok: true, http: 200, headers: new Map(), retriable: false }
const silence: PeerAnswer = { ok: false, http: 0, headers: new Map(), retriable: true, trouble: 'no answer' }

const open = async (answer: (request: PartnerRequest) => Promise<PeerAnswer>, firstPauseMs = 5) => {
  const store = await openMemoryStore()
  await store.define(collections)
  await store.write([{ op: 'insert', in: 'ocpi_partners', doc: partner }])
  /** Statuses as the partner holds them, and whether it was told the place whole. */
  const held = new Map<string, string>()
  let whole = 0
  const call = async (_: Partner, request: PartnerRequest): Promise<PeerAnswer> => {
    if (request.method === 'PATCH')
      held.set(decodeURIComponent(request.url.split('/').at(-1)!), (request.body as { status: string }).status)
    else {
      whole += 1
      for (const { uid, status } of (request.body as Location).evses ?? []) held.set(uid, status)
    }
    return answer(request)
  }
  const start = (): Outbox => {
    const outbox = createOutbox({
      store,
      clock: () => new Date(),
      log: pino({ level: 'fatal' }),
      send: createSend({ store, call }),
      trouble: async () => undefined,
      firstPauseMs,
      longestPauseMs: firstPauseMs * 4,
    })
    outbox.start()
    return outbox
  }
  let outbox = start()
  const objects = createObjects({
    store,
    clock: () => new Date(),
    partners: async () => [partner],
    onOwed: () => outbox.kick(),
  })
  const [first] = location().evses!
  let nr = 0
  closing.push(async () => {
    await outbox.stop()
    await store.close()
  })
  return {
    /** Turns the first EVSE of the place. */
    turn: async (status: string): Promise<void> => {
      nr += 1
      const at = new Date(Date.parse('2026-11-22T09:00:00Z') + nr * 1_000).toISOString()
      const evse = { ...first!, status: status as 'AVAILABLE', last_updated: at }
      await objects.putOwn('locations', { ...location(), evses: [evse], last_updated: at })
    },
    held: () => held.get(first!.uid),
    whole: () => whole,
    seen: () => outbox.seen(partner._id),
    settled: () => eventually(async () => (await outbox.owed(partner._id)).waiting === 0, 60_000),
    /** Another process over the same store; the one before it is gone without a word. */
    replace: () => {
      outbox = start()
    },
  }
}

describe('a status that went back', () => {
  it('is told when the one before it got no answer: it may have arrived', async () => {
    let answered = true
    const place = await open(async () => (answered ? took : silence))
    await place.turn('AVAILABLE')
    await place.settled()
    answered = false
    await place.turn('CHARGING')
    await eventually(async () => place.held() === 'CHARGING')
    await place.turn('AVAILABLE')
    answered = true
    await place.settled()
    expect(place.held()).toBe('AVAILABLE')
    expect(place.whole()).toBe(1)
  })

  it('is told by the process that comes after one that ended while it sent', async () => {
    let stuck = false
    let release = (): void => undefined
    const place = await open(async () => {
      if (stuck) await new Promise<void>((resolve) => (release = resolve))
      return took
    })
    await place.turn('AVAILABLE')
    await place.settled()
    stuck = true
    await place.turn('CHARGING')
    await eventually(async () => place.held() === 'CHARGING')
    await place.turn('AVAILABLE')
    stuck = false
    place.replace()
    await eventually(async () => place.held() === 'AVAILABLE')
    release()
  })

  it('is told whatever is lost and however often it turns', async () => {
    let seed = 7
    const chance = (): number => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    }
    const place = await open(async () => {
      await new Promise((resolve) => (chance() < 0.5 ? setImmediate(resolve) : setTimeout(resolve, 1)))
      return chance() < 0.2 ? silence : took
    })
    for (let round = 0; round < 40; round += 1) {
      for (let turn = 0; turn < 5; turn += 1) {
        await place.turn(turn % 2 === 0 ? 'CHARGING' : 'AVAILABLE')
        if (chance() < 0.5) await new Promise((resolve) => setImmediate(resolve))
      }
      const last = round % 2 === 0 ? 'AVAILABLE' : 'CHARGING'
      await place.turn(last)
      await place.settled()
      expect(place.held()).toBe(last)
    }
  }, 120_000)
})

describe('a partner that was away', () => {
  it('is told soon after it has called us, however long it was to be left alone', async () => {
    let answered = false
    let asked = 0
    const place = await open(async () => {
      asked += 1
      return answered ? took : silence
    }, 600_000)
    await place.turn('AVAILABLE')
    await eventually(async () => asked === 1)
    answered = true
    await eventually(async () => {
      place.seen()
      return asked > 1
    }, 30_000)
    await place.settled()
    expect(place.held()).toBe('AVAILABLE')
  })
})
