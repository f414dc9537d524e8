import { describe, expect, it } from 'vitest'
import type { SessionInput } from './input.ts'
import { judgeReading } from './judge-reading.ts'
import type { SessionRecord } from './record.ts'
import { sampleSession } from './sample-session.ts'
import { defaultSessionSettings as settings, step } from './step.ts'

const minute = (n: number, second = 0) => new Date(Date.UTC(2026, 10, 22, 10, n, second)).toISOString()

/** Takes steps; each input may be given without `at`, which then is the next minute. */
const walk = (start: SessionRecord, ...inputs: readonly (Record<string, unknown> & { type: string })[]) => {
  const emits: string[] = []
  let record = start
  inputs.forEach((input, index) => {
    const stepped = step(record, { at: minute(index + 1), ...input } as SessionInput, settings)
    emits.push(...stepped.emits.map((event) => event.type))
    record = stepped.record
  })
  return { record, emits }
}

const reading = (record: SessionRecord, at: string, registerWh: number, costMicro: string, more = {}) => ({
  type: 'reading',
  at,
  costMicro,
  reading: judgeReading(record, { registerWh, stationAt: at, receivedAt: at, offline: false, ...more }),
})

const started = (at: string, registerWh = 1000) => ({
  type: 'transactionStarted',
  at,
  transactionId: '7',
  registerWh,
  stationAt: at,
  receivedAt: at,
  offline: false,
})

const ended = (record: SessionRecord, at: string, registerWh: number, costMicro: string, more = {}) => ({
  type: 'transactionEnded',
  at,
  costMicro,
  reason: 'Local',
  estimated: false,
  reading: judgeReading(record, { registerWh, stationAt: at, receivedAt: at, offline: false }, true),
  ...more,
})

const charging = () =>
  walk(
    sampleSession(),
    { type: 'opened', at: minute(0) },
    { type: 'startAccepted', at: minute(0), effectId: 1 },
    started(minute(1)),
  ).record

const endedSession = () => {
  const record = charging()
  return walk(record, ended(record, minute(31), 11_000, '5000000')).record
}

const receipt = (amount = '5000000') => ({
  type: 'receiptReady',
  effectId: 2,
  signature: '0x05',
  receipt: {
    sessionId: '0xab',
    startWh: '1000',
    endWh: '11000',
    startedAt: 1,
    endedAt: 2,
    chargingSeconds: 1,
    idleSeconds: 0,
    amount,
    meterRoot: '0x00',
  },
})

const kinds = (record: SessionRecord) =>
  record.outbox.map((entry) => (entry.kind === 'submit' ? entry.intent.kind : entry.kind))

describe('the walk', () => {
  it('locks the deposit, starts the plug, charges, ends, is co-signed and settles', () => {
    const opened = walk(sampleSession(), { type: 'opened', txHash: '0x0a' }).record
    expect(opened).toMatchObject({ state: 'funded', transactions: { open: '0x0a' } })
    expect(kinds(opened)).toEqual(['start'])

    const accepted = walk(opened, { type: 'startAccepted', effectId: 1 }).record
    expect(accepted.state).toBe('starting')
    expect(accepted.outbox).toEqual([])
    expect(accepted.timers.start).toBeDefined()

    const powered = walk(accepted, started(minute(1))).record
    expect(powered).toMatchObject({ state: 'charging', startWh: 1000, transactionKey: 'SIM1/7', timers: {} })

    const metered = walk(
      powered,
      reading(powered, minute(11), 4000, '1500000', { powerW: 18_000, socPercent: 40 }),
    ).record
    expect(metered).toMatchObject({
      lastWh: 4000,
      powerW: 18_000,
      socPercent: 40,
      costMicro: '1500000',
      chargingMs: 600_000,
    })

    const stopping = walk(metered, { type: 'stopRequested', reason: 'driver' }).record
    expect(stopping.state).toBe('stopping')
    expect(kinds(stopping)).toEqual(['stop'])

    const over = walk(stopping, ended(stopping, minute(31), 11_000, '5000000')).record
    expect(over).toMatchObject({ state: 'ended', stopReason: 'driver', lastWh: 11_000, holdsConnector: false })
    expect(kinds(over)).toEqual(['receipt'])

    const told = walk(over, { ...receipt(), effectId: over.outbox[0]!.id })
    expect(told.emits).toContain('session.receipt')
    expect(told.record.timers.cosign).toBeDefined()

    const signed = walk(told.record, { type: 'cosigned', signature: '0x06' }).record
    expect(signed.state).toBe('settling')
    expect(kinds(signed)).toEqual(['settle'])
    expect(signed.timers).toEqual({})

    const settled = walk(signed, {
      type: 'settled',
      txHash: '0x0b',
      paidMicro: '5000000',
      returnedMicro: '20000000',
    }).record
    expect(settled).toMatchObject({
      state: 'settled',
      paidMicro: '5000000',
      returnedMicro: '20000000',
      outbox: [],
      timers: {},
    })
    expect(settled.dueAt).toBeUndefined()
  })

  it('proposes alone when the driver does not co-sign, and finalises after the dispute window', () => {
    const over = endedSession()
    const told = walk(over, { ...receipt(), effectId: over.outbox[0]!.id, at: minute(31) }).record
    const proposed = walk(told, { type: 'timer', name: 'cosign', at: minute(40) }).record
    expect(proposed.state).toBe('settling')
    expect(kinds(proposed)).toEqual(['propose'])
    const window = walk(proposed, { type: 'proposed', txHash: '0x0c', disputeUntil: minute(50), at: minute(41) }).record
    expect(walk(window, { type: 'timer', name: 'finalise', at: minute(49) }).record).toEqual(window)
    const final = walk(window, { type: 'timer', name: 'finalise', at: minute(51) }).record
    expect(kinds(final)).toContain('finalise')
  })

  it('answers a dispute with its evidence', () => {
    const over = endedSession()
    const told = walk(over, { ...receipt(), effectId: over.outbox[0]!.id, at: minute(31) }).record
    const proposed = walk(told, { type: 'timer', name: 'cosign', at: minute(40) }).record
    const disputed = walk(proposed, { type: 'disputed', undisputedMicro: '2000000' }).record
    expect(disputed).toMatchObject({ state: 'disputed', paidMicro: '2000000' })
    expect(kinds(disputed)).toContain('prove')
  })

  it('settles a free plug without the chain', () => {
    const free = sampleSession({ paid: false, state: 'funded', door: 'free', openedAt: minute(0) })
    const powered = walk(free, started(minute(1))).record
    const over = walk(powered, ended(powered, minute(31), 11_000, '0')).record
    const settled = walk(over, { ...receipt('0'), effectId: over.outbox[0]!.id }).record
    expect(settled).toMatchObject({ state: 'settled', paidMicro: '0', outbox: [] })
  })

  it('lets a card at the plug charge while its deposit is being opened', () => {
    const card = sampleSession({ door: 'card' })
    const powered = walk(card, started(minute(1))).record
    expect(powered).toMatchObject({ state: 'opening', transactionKey: 'SIM1/7' })
    expect(walk(powered, { type: 'opened' }).record.state).toBe('charging')
    const quick = walk(powered, ended(powered, minute(5), 1500, '250000')).record
    expect(quick).toMatchObject({ state: 'opening', endedAt: minute(5) })
    const funded = walk(quick, { type: 'opened' }).record
    expect(funded.state).toBe('ended')
    expect(kinds(funded)).toEqual(['receipt'])
    const refused = walk(powered, { type: 'openFailed', message: 'no credit' }).record
    expect(refused).toMatchObject({ state: 'rejected', message: 'no credit', flags: ['unpaid-energy'] })
    expect(kinds(refused)).toEqual(['stop'])
  })
})

describe('a start that fails', () => {
  const funded = () => walk(sampleSession(), { type: 'opened', at: minute(0) }).record

  it('gives the deposit back at once when the station refuses, and says why', () => {
    const refused = walk(funded(), { type: 'startRefused', effectId: 1, reason: 'The plug is faulted.' }).record
    expect(refused).toMatchObject({ state: 'cancelling', message: 'The plug is faulted.', holdsConnector: false })
    expect(kinds(refused)).toEqual(['cancel'])
    expect(walk(refused, { type: 'cancelled', txHash: '0x0d', returnedMicro: '25000000' }).record).toMatchObject({
      state: 'cancelled',
      returnedMicro: '25000000',
      paidMicro: '0',
    })
  })

  it('gives it back when the station accepts but power never begins', () => {
    const accepted = walk(funded(), { type: 'startAccepted', effectId: 1, at: minute(0) }).record
    expect(walk(accepted, { type: 'timer', name: 'start', at: minute(2) }).record.state).toBe('starting')
    expect(walk(accepted, { type: 'timer', name: 'start', at: minute(4) }).record.state).toBe('cancelling')
  })

  it('adopts a late start while the cancellation has not left the house', () => {
    const refused = walk(funded(), { type: 'startRefused', effectId: 1, reason: 'slow' }).record
    const late = walk(refused, started(minute(9))).record
    expect(late).toMatchObject({ state: 'charging', holdsConnector: true, outbox: [] })
    expect(late.message).toBeUndefined()
  })

  it('stops a late start once the cancellation is on its way', () => {
    const refused = walk(funded(), { type: 'startRefused', effectId: 1, reason: 'slow' }).record
    const sent = walk(refused, { type: 'effectDone', effectId: refused.outbox[0]!.id }).record
    const late = walk(sent, started(minute(9))).record
    expect(late.state).toBe('cancelling')
    expect(kinds(late)).toEqual(['stopStray'])
    expect(late.flags).toContain('late-start')
  })

  it('cancels when the driver stops before power', () => {
    expect(walk(funded(), { type: 'stopRequested', reason: 'driver' }).record.state).toBe('cancelling')
    const opening = walk(sampleSession(), { type: 'stopRequested', reason: 'driver' }).record
    expect(opening.state).toBe('opening')
    expect(walk(opening, { type: 'opened' }).record.state).toBe('cancelling')
  })

  it('is rejected with the reason when the deposit cannot be locked', () => {
    expect(walk(sampleSession(), { type: 'openFailed', message: 'QuoteExpired' }).record).toMatchObject({
      state: 'rejected',
      holdsConnector: false,
    })
  })
})

describe('while charging', () => {
  it('keeps charging while the station is offline, and tries a waiting stop again when it is back', () => {
    const offline = walk(charging(), { type: 'station', online: false })
    expect(offline.record).toMatchObject({ state: 'charging', stationOffline: true })
    expect(offline.emits).toContain('session.warning')
    const stopping = walk(offline.record, { type: 'stopRequested', reason: 'driver', at: minute(3) }).record
    const failed = walk(stopping, {
      type: 'effectFailed',
      effectId: stopping.outbox[0]!.id,
      message: 'offline',
      retryAt: minute(59),
      at: minute(4),
    }).record
    expect(failed.outbox[0]).toMatchObject({ kind: 'stop', attempts: 1, dueAt: minute(59) })
    const back = walk(failed, { type: 'station', online: true, at: minute(10) }).record
    expect(back.outbox[0]!.dueAt).toBe(minute(10))
  })

  it('warns at 80 and 95 % of the deposit and stops before it is used up', () => {
    // stop at 25 - 1 bond - 30 s at 24.2 kW x 0.50 = 0.100833 - 30 s idle 0.05 = 23.849167 EUR
    const record = charging()
    const at80 = walk(record, reading(record, minute(60), 20_000, '19200000'))
    expect(at80.record.warned).toBe(80)
    const at95 = walk(at80.record, reading(at80.record, minute(61), 20_100, '22700000'))
    expect(at95.record).toMatchObject({ warned: 95, state: 'charging' })
    const full = walk(at95.record, reading(at95.record, minute(62), 20_200, '23849167'))
    expect(full.record).toMatchObject({ state: 'stopping', stopReason: 'limit' })
    expect([...at80.emits, ...at95.emits].filter((type) => type === 'session.warning')).toHaveLength(2)
    expect(walk(at95.record, { type: 'toppedUp', limitMicro: '50000000' }).record).toMatchObject({
      limitMicro: '50000000',
      warned: 0,
    })
  })

  it('counts idle time when the vehicle is full, and nothing while the station withholds power', () => {
    const record = charging()
    const idle = walk(record, reading(record, minute(11), 3000, '1', { suspended: 'EV' })).record
    const held = walk(idle, reading(idle, minute(21), 3000, '1', { suspended: 'EVSE' })).record
    const again = walk(held, reading(held, minute(31), 3000, '1', { suspended: 'no' })).record
    expect(again).toMatchObject({ chargingMs: 600_000, idleMs: 600_000 })
  })

  it('does not count the same transaction or its end twice', () => {
    const record = charging()
    expect(step(record, started(minute(9)) as SessionInput, settings).changed).toBe(false)
    const over = endedSession()
    expect(walk(over, ended(over, minute(32), 11_000, '5000000')).record).toEqual(over)
  })

  it('believes the true end after an estimated one while no receipt was made', () => {
    const record = charging()
    const guess = walk(
      record,
      ended(record, minute(31), 9000, '4000000', { estimated: true, reason: 'PowerLoss' }),
    ).record
    expect(guess).toMatchObject({ state: 'ended', flags: ['end-estimated'], stopReason: 'power-lost' })
    const truth = walk(guess, ended(guess, minute(35), 9500, '4250000')).record
    expect(truth).toMatchObject({ lastWh: 9500, costMicro: '4250000', flags: [] })
  })

  it('settles on the last believed reading when the station never comes back', () => {
    const record = charging()
    const stopping = walk(record, { type: 'stopRequested', reason: 'driver', at: minute(3) }).record
    expect(stopping.timers.assumeEnded).toBeDefined()
    const over = walk(stopping, { type: 'timer', name: 'assumeEnded', at: stopping.timers.assumeEnded! }).record
    expect(over).toMatchObject({ state: 'ended', flags: ['end-assumed'] })
    expect(kinds(over)).toContain('receipt')
  })

  it('marks a second transaction on the same session and ends it', () => {
    const second = walk(charging(), { ...started(minute(9)), transactionId: '8' }).record
    expect(second.flags).toContain('second-transaction')
    expect(kinds(second)).toContain('stopStray')
  })
})

describe('when the chain changes its mind', () => {
  it('stops the plug when a rolled-back deposit does not come again within a minute', () => {
    const undone = walk(charging(), { type: 'openRolledBack', at: minute(10) }).record
    expect(undone.timers.reopen).toBe(minute(11))
    expect(walk(undone, { type: 'opened', at: minute(10, 30) }).record.timers.reopen).toBeUndefined()
    const late = walk(undone, { type: 'timer', name: 'reopen', at: minute(12) }).record
    expect(late).toMatchObject({ state: 'stopping', stopReason: 'chain' })
  })

  it('takes a settlement back until the chain says it again', () => {
    const over = endedSession()
    const told = walk(over, { ...receipt(), effectId: over.outbox[0]!.id }).record
    const settled = walk(
      told,
      { type: 'cosigned', signature: '0x06' },
      { type: 'settled', txHash: '0x0b', paidMicro: '5000000', returnedMicro: '20000000' },
    ).record
    const undone = walk(settled, { type: 'endRolledBack' }).record
    expect(undone.state).toBe('settling')
    expect(
      walk(undone, { type: 'settled', txHash: '0x0e', paidMicro: '5000000', returnedMicro: '20000000' }).record.state,
    ).toBe('settled')
  })

  it('ends power when the deposit is gone', () => {
    const gone = walk(charging(), { type: 'reclaimed', txHash: '0x0f', returnedMicro: '25000000' }).record
    expect(gone).toMatchObject({ state: 'reclaimed', holdsConnector: false })
    expect(kinds(gone)).toEqual(['stop'])
  })

  it('acknowledges the start when a driver asks to cancel while power flows', () => {
    expect(kinds(walk(charging(), { type: 'cancelRequested' }).record)).toEqual(['acknowledgeStart'])
  })

  it('proposes when a co-signed settlement is refused', () => {
    const over = endedSession()
    const told = walk(over, { ...receipt(), effectId: over.outbox[0]!.id }).record
    const signed = walk(told, { type: 'cosigned', signature: '0x06' }).record
    const refused = walk(signed, { type: 'intentFailed', intent: 'settle', message: 'no' }).record
    expect(kinds(refused)).toContain('propose')
    expect(refused.flags).toContain('settle-refused')
  })

  const signed = () => {
    const over = endedSession()
    const told = walk(over, { ...receipt(), effectId: over.outbox[0]!.id, at: minute(31) }).record
    return walk(told, { type: 'cosigned', signature: '0x06', at: minute(31) }).record
  }
  const done = (record: SessionRecord, at: string) =>
    walk(record, ...record.outbox.map(({ id }) => ({ type: 'effectDone', effectId: id, at }))).record
  const refused = (record: SessionRecord, intent: string, at: string) =>
    walk(done(record, at), { type: 'intentFailed', intent, message: 'not yet', at }).record
  const submitted = (record: SessionRecord) =>
    record.outbox.flatMap((entry) => (entry.kind === 'submit' ? [entry.key] : []))

  it('asks the chain again, each time under another key, when it refused both ways to settle', () => {
    const first = refused(refused(signed(), 'settle', minute(32)), 'propose', minute(32))
    expect(first).toMatchObject({ state: 'settling', timers: { again: minute(33) }, message: 'not yet', outbox: [] })
    const again = walk(first, { type: 'timer', name: 'again', at: minute(33) }).record
    expect(submitted(again)).toEqual([`${again._id}:again-1:settle`])
    const twice = refused(refused(again, 'settle', minute(34)), 'propose', minute(34))
    expect(twice.timers).toEqual({ again: minute(36) })
    const third = walk(twice, { type: 'timer', name: 'again', at: minute(36) }).record
    expect(submitted(third)).toEqual([`${third._id}:again-2:settle`])
    const settled = walk(third, { type: 'settled', txHash: '0x0b', paidMicro: '5000000', returnedMicro: '20000000' })
    expect(settled.record).toMatchObject({ state: 'settled', timers: {}, outbox: [] })
    expect(settled.record.message).toBeUndefined()
  })

  it('asks for the deposit to go back when nothing was taken until settleBy', () => {
    let record = refused(refused(signed(), 'settle', minute(32)), 'propose', minute(32))
    let rounds = 0
    while (!submitted(record).some((key) => key.endsWith(':reclaim'))) {
      rounds += 1
      expect(rounds).toBeLessThan(200)
      const at = record.timers.again!
      record = walk(record, { type: 'timer', name: 'again', at }).record
      if (kinds(record).includes('settle')) record = refused(refused(record, 'settle', at), 'propose', at)
    }
    expect(rounds).toBeGreaterThan(24)
    const over = walk(record, { type: 'reclaimed', txHash: '0x0f', returnedMicro: '25000000' }).record
    expect(over).toMatchObject({ state: 'reclaimed', returnedMicro: '25000000', timers: {}, outbox: [] })
  })

  it('settles by a co-signature that comes after the proposal, also when it is refused at first', () => {
    const over = endedSession()
    const told = walk(over, { ...receipt(), effectId: over.outbox[0]!.id, at: minute(31) }).record
    const proposed = walk(
      told,
      { type: 'timer', name: 'cosign', at: minute(40) },
      { type: 'proposed', txHash: '0x0c', disputeUntil: minute(59), at: minute(41) },
    ).record
    const late = walk(done(proposed, minute(42)), { type: 'cosigned', signature: '0x06', at: minute(42) }).record
    expect(kinds(late)).toEqual(['settle'])
    const once = refused(late, 'settle', minute(43))
    expect(once).toMatchObject({ flags: ['settle-refused'], timers: { again: minute(44), finalise: minute(59, 1) } })
    expect(submitted(walk(once, { type: 'timer', name: 'again', at: minute(44) }).record)).toEqual([
      `${once._id}:again-1:settle`,
    ])
  })

  it('gives a deposit back in the end though the cancellation is refused', () => {
    const funded = walk(sampleSession(), { type: 'opened', at: minute(0) }).record
    const cancelling = walk(funded, { type: 'startRefused', reason: 'no', effectId: 1, at: minute(1) }).record
    const once = refused(cancelling, 'cancel', minute(2))
    const again = walk(once, { type: 'timer', name: 'again', at: once.timers.again! }).record
    expect(submitted(again)).toEqual([`${again._id}:again-1:cancel`])
    const settleBy = new Date(again.terms.settleBy * 1000 + 1000).toISOString()
    const late = refused(again, 'cancel', settleBy)
    expect(kinds(walk(late, { type: 'timer', name: 'again', at: late.timers.again! }).record)).toEqual(['reclaim'])
  })

  it('closes a dispute that was not proven in time', () => {
    const over = endedSession()
    const told = walk(over, { ...receipt(), effectId: over.outbox[0]!.id, at: minute(31) }).record
    const disputed = walk(
      told,
      { type: 'timer', name: 'cosign', at: minute(40) },
      { type: 'disputed', undisputedMicro: '2000000', proveUntil: minute(50), at: minute(41) },
    ).record
    const over2 = walk(done(disputed, minute(42)), { type: 'timer', name: 'finalise', at: minute(51) }).record
    expect(kinds(over2)).toEqual(['finalise'])
  })

  it('ends a charge that nobody ends, in time to settle it', () => {
    const record = charging()
    const stopped = walk(record, { type: 'timer', name: 'assumeEnded', at: record.timers.assumeEnded! }).record
    expect(stopped).toMatchObject({ state: 'stopping', stopReason: 'operator' })
    const over = walk(stopped, { type: 'timer', name: 'assumeEnded', at: stopped.timers.assumeEnded! }).record
    expect(over).toMatchObject({ state: 'ended', flags: ['end-assumed'] })
    expect(Date.parse(stopped.timers.assumeEnded!)).toBeLessThan(record.terms.settleBy * 1000)
  })

  it('takes up at once what a clock that was ahead had put off', () => {
    const ahead = endedSession()
    const put = { ...ahead, outbox: ahead.outbox.map((entry) => ({ ...entry, dueAt: minute(59) })) }
    const near = walk(
      { ...put, timers: { cosign: minute(59), finalise: minute(59) } },
      {
        type: 'clockSetBack',
        at: minute(40),
      },
    ).record
    expect(near.outbox[0]?.dueAt).toBe(minute(40))
    expect(near.timers).toEqual({ cosign: minute(42), finalise: minute(59) })
  })
})
