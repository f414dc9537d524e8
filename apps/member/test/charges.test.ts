import { toView } from '@werenode/core'
import { catalogueFaults } from '@werenode/design/catalogue'
import { describe, expect, test } from 'vitest'
import { followHistory, type Known } from '../src/archive/follow-history.ts'
import { type Charge, chargeOf, isOver, operatorOf } from '../src/charges/charge.ts'
import { csvOf } from '../src/charges/csv.ts'
import { samplesOf, withEvent } from '../src/charges/curve.ts'
import { movementsOf } from '../src/charges/movements.ts'
import { breakdownOf } from '../src/charges/price-lines.ts'
import type { Session } from '../src/charges/session.ts'
import { openSieve, sift } from '../src/charges/sieve.ts'
import { memberCatalogue } from '../src/words/member.ts'
import { pickYear, realLines, recordsOf } from './real-year.ts'

const lines = realLines()
const sessions = recordsOf(
  lines,
  pickYear(lines, 250, new Date('2026-11-20T00:00:00Z')),
  '0x1111111111111111111111111111111111111111',
)
  .map(toView)
  .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)) as unknown as readonly Session[]
const charges = sessions.map(chargeOf)
const nobody = () => undefined

test('every message is in both languages, with the same places', () => {
  expect(catalogueFaults(memberCatalogue)).toEqual([])
})

describe('the history is narrowed', () => {
  test('by text without accents and separators', () => {
    const one = charges[7]!
    const found = sift(charges, { ...openSieve, text: one.evseId.toLowerCase() }, nobody)
    expect(found).toContain(one)
    expect(found.every(({ evseId }) => evseId === one.evseId)).toBe(true)
  })

  test('by days, operator, vehicle and cost, all at once', () => {
    const sieve = {
      ...openSieve,
      from: '2026-09-01',
      to: '2026-09-30',
      operator: charges[3]!.operator,
      least: '5',
      most: '19,99',
    }
    const found = sift(charges, sieve, nobody)
    const expected = charges.filter(
      ({ local, operator, costMicro }) =>
        local.day.startsWith('2026-09') &&
        operator === sieve.operator &&
        costMicro >= 5_000_000n &&
        costMicro <= 19_990_000n,
    )
    expect(found).toEqual(expected)
    expect(
      sift(charges, { ...openSieve, vehicle: 'car' }, ({ id }) => (id === charges[1]!.id ? 'car' : undefined)),
    ).toEqual([charges[1]])
  })
})

test('an operator is the party in front of the EVSE id, however it is written', () => {
  expect([operatorOf('FR*WRN*E000001'), operatorOf('frwrne000001')]).toEqual(['FR*WRN', 'FR*WRN'])
})

test('whoever took everything back paid nothing, and a rejected charge costs nothing', () => {
  const [session] = sessions
  expect(chargeOf({ ...session!, state: 'reclaimed' }).costMicro).toBe(0n)
  expect(chargeOf({ ...session!, state: 'rejected' }).costMicro).toBe(0n)
  expect(chargeOf({ ...session!, paidMicro: '7' }).costMicro).toBe(7n)
})

test('each charge moves its deposit, its price and the rest, with the transaction of each', () => {
  const [charge] = charges
  const moves = movementsOf([charge!])
  expect(moves.map(({ kind }) => kind).sort()).toEqual(['charge', 'deposit', 'refund'])
  const sum = (kind: string) => moves.find((move) => move.kind === kind)!.amountMicro
  expect(sum('deposit')).toBe(sum('charge') + sum('refund'))
  expect(moves.every(({ transaction }) => /^0x[0-9a-f]{64}$/.test(transaction))).toBe(true)
})

test('what is paid in and out between charges stands among them, in its time', () => {
  const txHash = `0x${'c'.repeat(64)}`
  const credit = [
    { kind: 'withdrawal', amountMicro: '3', at: '2099-01-01T00:00:00.000Z', txHash },
    { kind: 'deposit', amountMicro: '5', at: '1999-01-01T00:00:00.000Z', txHash },
  ] as const
  const moves = movementsOf([charges[0]!], credit)
  expect(moves.at(0)).toEqual({ at: credit[0].at, kind: 'paidOut', amountMicro: 3n, transaction: txHash })
  expect(moves.at(-1)).toMatchObject({ kind: 'paidIn', amountMicro: 5n })
  expect(movementsOf([charges[0]!], credit, 1)).toHaveLength(1)
})

test('a row of the export cannot become a formula', () => {
  const text = csvOf([{ ...charges[0]!, place: '=HYPERLINK("x")' }])
  expect(text).toContain(`"'=HYPERLINK(""x"")"`)
  expect(text.trim().split('\r\n')).toHaveLength(2)
})

describe('the course of a charge', () => {
  const event = (at: string, energyWh: number) =>
    ({
      type: 'session.meter',
      seq: 1,
      at,
      data: {
        sessionId: 'x',
        energyWh,
        powerW: 7_000,
        socPercent: null,
        costMicro: '0',
        limitMicro: '0',
        suspended: 'no',
        meterAt: at,
      },
    }) as never
  test('keeps each reading once, in its place', () => {
    const points = ['10:02', '10:01', '10:02', '10:03'].reduce(
      (all, time, index) => withEvent(all, event(`2026-11-22T${time}:00.000Z`, index * 100)),
      [] as ReturnType<typeof withEvent>,
    )
    expect(points.map(({ at }) => new Date(at).toISOString().slice(14, 16))).toEqual(['01', '02', '03'])
    const samples = samplesOf(points, {
      startedAt: '2026-11-22T10:00:00Z',
      endedAt: '2026-11-22T10:04:00Z',
      energyWh: 320,
    })
    expect(samples.map(({ energyWh }) => energyWh)).toEqual([0, 100, 200, 300, 320])
  })

  test('its cost is recomputed from the receipt where no reading is kept', () => {
    for (const session of sessions.slice(0, 50)) {
      const breakdown = breakdownOf(session, [])
      expect(breakdown?.agrees).toBe(true)
      expect(breakdown?.totalMicro).toBe(BigInt(session.receipt!.amount))
    }
  })
})

describe('following the history', () => {
  const device = () => {
    const byId = new Map<string, Charge>()
    let bookmark: string | undefined
    const known: Known = {
      charge: (id) => byId.get(id),
      unfinished: () => [...byId.values()].filter((one) => !isOver(one)),
      bookmark: async () => bookmark,
      setBookmark: async (next) => {
        bookmark = next
      },
      keep: async (fresh) => {
        for (const one of fresh) byId.set(one.id, one)
      },
    }
    return { known, byId, bookmark: () => bookmark }
  }
  /** The node's pages of 100, newest first. */
  const node = (all: readonly Session[]) => {
    const asked: string[] = []
    return {
      asked,
      api: {
        listSessions: async ({ query }: { query?: { cursor?: string } } = {}) => {
          const from = Number(query?.cursor ?? 0)
          asked.push(`page ${from}`)
          const next = from + 100
          return { items: all.slice(from, next), ...(next < all.length ? { next: String(next) } : {}) }
        },
        getSession: async ({ params: { sessionId } }: { params: { sessionId: string } }) => {
          asked.push('one')
          return all.find(({ id }) => id === sessionId)!
        },
      } as never,
    }
  }

  test('reads every page once, then only what is new', async () => {
    const { known, byId, bookmark } = device()
    const first = node(sessions.slice(1))
    await followHistory(first.api, known, new AbortController().signal)
    expect([byId.size, bookmark(), first.asked.length]).toEqual([249, 'done', 3])
    const second = node(sessions)
    await followHistory(second.api, known, new AbortController().signal)
    expect([byId.size, second.asked]).toEqual([250, ['page 0']])
  })

  test('goes on where it was stopped', async () => {
    const { known, byId, bookmark } = device()
    const stop = new AbortController()
    const keep = known.keep
    const broken: Known = {
      ...known,
      keep: async (...page) => {
        await keep(...page)
        stop.abort()
      },
    }
    await followHistory(node(sessions).api, broken, stop.signal)
    expect([byId.size, bookmark()]).toEqual([100, '100'])
    await followHistory(node(sessions).api, known, new AbortController().signal)
    expect([byId.size, bookmark()]).toEqual([250, 'done'])
  })

  test('asks again for a charge that was not over, however far back', async () => {
    const { known, byId } = device()
    const old = sessions[240]!
    await followHistory(
      node(sessions.map((one) => (one === old ? { ...one, state: 'settling' } : one))).api,
      known,
      new AbortController().signal,
    )
    expect(byId.get(old.id)!.state).toBe('settling')
    const again = node(sessions)
    await followHistory(again.api, known, new AbortController().signal)
    expect([byId.get(old.id)!.state, again.asked]).toEqual(['settled', ['page 0', 'one']])
  })
})
