import { change, clearTimer, type Draft, dropEffects, effect, emit, flag, moveTo, setTimer } from './draft.ts'
import { cancel } from './handle-start.ts'
import type { JudgedReading, SessionInput } from './input.ts'
import { stopAtMicro, warningLevel } from './limits.ts'
import { addReading, receiptedWh } from './metering.ts'
import type { SessionSettings } from './step.ts'
import type { StopReason } from './view.ts'

type ChargingInput = Extract<
  SessionInput,
  { type: 'reading' | 'station' | 'stopRequested' | 'transactionEnded' | 'timer' }
>

/** While power flows: readings, the limit, the link, the wish to stop, the end. */
export const charging = (draft: Draft, input: ChargingInput, settings: SessionSettings): Draft => {
  const { record } = draft
  switch (input.type) {
    case 'reading':
      if (record.transactionKey === undefined || record.endedAt !== undefined) return draft
      return checkLimit(tellMeter(read(draft, input.reading, input.costMicro)), settings)
    case 'station':
      return stationLink(draft, input.online)
    case 'stopRequested':
      return stopRequested(draft, input.reason)
    case 'transactionEnded':
      return ended(draft, input)
    case 'timer': {
      if (record.state === 'charging') return stopPower(draft, 'operator')
      if (record.state !== 'stopping') return draft
      const assumed = flag(draft, 'end-assumed')
      return toEnded(assumed, record.lastMeterAt ?? record.startedAt ?? draft.at, 'power-lost')
    }
  }
}

const read = (draft: Draft, reading: JudgedReading, costMicro: string): Draft => {
  const fresh = reading.flags.filter((name) => name.startsWith('meter-') && !draft.record.flags.includes(name))
  const added = change(draft, { ...addReading(draft.record, reading), costMicro })
  if (fresh.length === 0) return added
  return emit(added, {
    type: 'session.warning',
    data: {
      sessionId: draft.record._id,
      code: 'meter-flagged',
      message: 'The meter said something implausible. It is kept, marked, and you are billed on the safe side.',
    },
  })
}

const tellMeter = (draft: Draft): Draft =>
  emit(draft, {
    type: 'session.meter',
    data: {
      sessionId: draft.record._id,
      energyWh: receiptedWh(draft.record),
      powerW: draft.record.powerW,
      socPercent: draft.record.socPercent,
      costMicro: draft.record.costMicro,
      limitMicro: draft.record.limitMicro,
      suspended: draft.record.suspended,
      meterAt: draft.record.lastMeterAt ?? draft.at,
    },
  })

const checkLimit = (draft: Draft, settings: SessionSettings): Draft => {
  const { record } = draft
  if (!record.paid) return draft
  const stopMicro = stopAtMicro(record, settings.reportingIntervalS)
  const costMicro = BigInt(record.costMicro)
  const level = warningLevel(costMicro, stopMicro)
  const warned =
    level > record.warned
      ? emit(change(draft, { warned: level }), {
          type: 'session.warning',
          data: {
            sessionId: record._id,
            code: level === 95 ? 'deposit-95' : 'deposit-80',
            message: `${level} % of the deposit is used. Top up to go on, or the charge ends at the limit.`,
          },
        })
      : draft
  return costMicro >= stopMicro && record.state === 'charging' ? stopPower(warned, 'limit') : warned
}

const stationLink = (draft: Draft, online: boolean): Draft => {
  const { record } = draft
  const powered = record.transactionKey !== undefined && record.endedAt === undefined
  if (record.stationOffline === !online || !powered) return draft
  const told = emit(change(draft, { stationOffline: !online }), {
    type: 'session.warning',
    data: online
      ? { sessionId: record._id, code: 'station-back', message: 'The station is back in contact.' }
      : {
          sessionId: record._id,
          code: 'station-offline',
          message: 'The station is out of contact. Charging goes on; its meter tells the rest when it is back.',
        },
  })
  // What waits for the station need not wait for its next attempt.
  const outbox = told.record.outbox.map((entry) => (entry.kind === 'stop' ? { ...entry, dueAt: draft.at } : entry))
  return online ? change(told, { outbox }) : told
}

const stopRequested = (draft: Draft, reason: StopReason): Draft => {
  switch (draft.record.state) {
    case 'opening':
      return draft.record.transactionKey === undefined
        ? change(draft, { stopReason: reason })
        : stopPower(draft, reason)
    case 'funded':
    case 'starting':
      return cancel(change(draft, { stopReason: reason }), 'Stopped before power began; nothing was charged.')
    case 'charging':
      return stopPower(draft, reason)
    default:
      return draft
  }
}

/** Asks the station to end power. A station that does not answer is asked again; one that never comes back is assumed ended in time to settle. */
export const stopPower = (draft: Draft, reason: StopReason): Draft => {
  const { record } = draft
  const assumeAt = new Date(
    Math.max(Date.parse(draft.at), Date.parse(draft.at) + (record.terms.settleBy * 1000 - Date.parse(draft.at)) / 2),
  ).toISOString()
  const asked = effect(
    emit(change(draft, { stopReason: record.stopReason ?? reason }), {
      type: 'session.stopping',
      data: { sessionId: record._id, reason },
    }),
    { kind: 'stop' },
  )
  return record.state === 'charging' ? setTimer(moveTo(asked, 'stopping'), 'assumeEnded', assumeAt) : asked
}

const ended = (draft: Draft, input: Extract<ChargingInput, { type: 'transactionEnded' }>): Draft => {
  const { record } = draft
  if (record.transactionKey === undefined) return draft
  if (record.endedAt !== undefined) return trueEnd(draft, input)
  const final = read(input.estimated ? flag(draft, 'end-estimated') : draft, input.reading, input.costMicro)
  return toEnded(
    change(final, {
      endReason: input.reason,
      ...(input.billedMicro === undefined ? {} : { billedMicro: input.billedMicro }),
    }),
    input.reading.takenAt,
    record.stopReason ?? reasonOf(input.reason),
  )
}

/** The true stop of a session closed on an estimate: believed while no receipt was made, else only noted. */
const trueEnd = (draft: Draft, input: Extract<ChargingInput, { type: 'transactionEnded' }>): Draft => {
  const { record } = draft
  const waiting = record.state === 'ended' && record.receipt === undefined && record.flags.includes('end-estimated')
  if (!waiting) return input.estimated || record.endReason === input.reason ? draft : flag(draft, 'end-told-again')
  const read = change(draft, { ...addReading(record, input.reading), costMicro: input.costMicro })
  return change(read, {
    endedAt: input.reading.takenAt,
    endReason: input.reason,
    flags: read.record.flags.filter((name) => name !== 'end-estimated'),
  })
}

const toEnded = (draft: Draft, endedAt: string, stopReason: StopReason): Draft => {
  const over = dropEffects(
    clearTimer(change(draft, { endedAt, stopReason, powerW: 0 }), 'assumeEnded', 'start', 'reopen'),
    'stop',
    'start',
  )
  // Power ended before the deposit was confirmed (a card at the plug): the receipt waits for the deposit.
  if (draft.record.state === 'opening') return change(over, { holdsConnector: false })
  if (draft.record.state !== 'charging' && draft.record.state !== 'stopping')
    return change(over, { holdsConnector: false })
  return effect(moveTo(over, 'ended', { holdsConnector: false, stationOffline: false }), { kind: 'receipt' })
}

/** OCPP's reasons in our words. */
const reasonOf = (reason: string): StopReason =>
  (
    ({
      EVDisconnected: 'unplugged',
      PowerLoss: 'power-lost',
      EmergencyStop: 'fault',
      HardReset: 'fault',
      SoftReset: 'fault',
      Reboot: 'fault',
      GroundFault: 'fault',
      OvercurrentFault: 'fault',
    }) as Record<string, StopReason>
  )[reason] ?? 'station'
