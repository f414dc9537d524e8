import { createInProcessBus } from '@werenode/bus'
import { type SessionId, type SessionRecord, defaultSessionSettings as settings } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { expect, test } from 'vitest'
import { collectionSpecs, collections } from './collections.ts'
import { createSessions } from './sessions.ts'
import { createCatchUp } from './set-back.ts'

const now = Date.UTC(2026, 10, 22, 10)
const iso = (aheadS = 0) => new Date(now + aheadS * 1000).toISOString()

const session = (digit: string, part: Partial<SessionRecord>): SessionRecord =>
  ({
    _id: `0x${digit.repeat(64)}` as SessionId,
    state: 'ended',
    paid: true,
    idTag: digit,
    terms: { driver: `0x${digit.repeat(40)}`, settleBy: now / 1000 + 400_000 },
    createdAt: iso(),
    flags: [],
    outbox: [],
    timers: {},
    ...part,
  }) as unknown as SessionRecord

test('what another clock put off by ten minutes is taken up at once, what the terms say keeps its time', async () => {
  const store = await openMemoryStore()
  const clock = () => new Date(now)
  const bus = await createInProcessBus({ store, clock })
  await store.define(collectionSpecs)
  const told: SessionRecord[] = []
  const onStored = (record: SessionRecord): void => void told.push(record)
  const sessions = createSessions({ store, bus, clock, settings, onStored })
  const put = (record: SessionRecord) => store.write([{ op: 'insert', in: collections.sessions, doc: record }])
  await put(session('a', { outbox: [{ id: 1, attempts: 0, dueAt: iso(600), kind: 'receipt' }], dueAt: iso(600) }))
  await put(session('b', { timers: { cosign: iso(600) }, dueAt: iso(600) }))
  await put(session('c', { state: 'settling', timers: { finalise: iso(600) }, dueAt: iso(600) }))

  await createCatchUp({ store, clock, sessions, settings })()

  const due = async (digit: string) => (await sessions.find(`0x${digit.repeat(64)}` as SessionId))?.dueAt
  expect(await due('a')).toBe(iso())
  expect(await due('b')).toBe(iso(settings.cosignTimeoutS))
  expect(await due('c')).toBe(iso(600))
  expect(told.map(({ _id }) => _id[2])).toEqual(['a', 'b'])
  await bus.close()
  await store.close()
})
