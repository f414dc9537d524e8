import { expect, test } from 'vitest'
import { type HealthFacts, judgeHealth } from './health.ts'
import { defaultSettings } from './settings.ts'

const now = new Date('2026-11-22T10:00:00Z')
const facts: HealthFacts = {
  head: {
    number: 100n,
    hash: '0x01',
    parentHash: '0x00',
    timestamp: now.getTime() / 1000 - 5,
    baseFeePerGas: 1n,
    logsBloom: '0x',
  },
  lastTurnAtMs: now.getTime() - 300,
  told: 100,
  unmined: 0,
  oldestUnminedMs: undefined,
  mood: {
    poor: false,
    dear: false,
    nextDueAtMs: undefined,
    sendAgainAtMs: 0,
    lastRollbackAtMs: 0,
    lookAtAllWaiting: false,
    queued: 3,
    gas: { day: '', wei: 0n },
  },
  onDemand: false,
}
const judge = (changes: Partial<HealthFacts>) => judgeHealth({ ...facts, ...changes }, defaultSettings, () => now)

test('a fresh head, little waiting: paid sessions may begin', () => {
  expect(judge({})).toEqual({ canOpen: true, headBlock: '100', headAgeS: 5, queued: 3, unmined: 0 })
})

test.for<[string, Partial<HealthFacts>]>([
  ['the chain has not been reached yet', { head: undefined }],
  ['the chain does not answer', { lastTurnAtMs: now.getTime() - 20_000 }],
  ['the newest block is 400 s old', { head: { ...facts.head!, timestamp: now.getTime() / 1000 - 400 } }],
  ['the account that pays for transactions is empty', { mood: { ...facts.mood, poor: true } }],
  ['transactions cost more than this node is set to pay', { mood: { ...facts.mood, dear: true } }],
  ['150 blocks are still to be read', { told: -50 }],
  ['2001 transactions wait before this one', { mood: { ...facts.mood, queued: 2001 } }],
  ['transactions are not being mined', { oldestUnminedMs: now.getTime() - 70_000 }],
])('no paid session may begin when %s', ([reason, changes]) => {
  expect(judge(changes)).toMatchObject({ canOpen: false, reason })
})

test('where blocks come on demand, an old head is no trouble', () => {
  const head = { ...facts.head!, timestamp: now.getTime() / 1000 - 86_400 }
  expect(judge({ onDemand: true, head })).toMatchObject({ canOpen: true, headAgeS: 0 })
})

test("today's gas budget counts today's gas only", () => {
  const budget = { ...defaultSettings, dailyGasBudgetWei: 1000n }
  const spent = (day: string) =>
    judgeHealth({ ...facts, mood: { ...facts.mood, gas: { day, wei: 1000n } } }, budget, () => now).canOpen
  expect(spent('gas:2026-11-22')).toBe(false)
  expect(spent('gas:2026-11-21')).toBe(true)
})
