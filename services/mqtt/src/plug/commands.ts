import { randomUUID } from 'node:crypto'
import {
  type Clock,
  isWerenodeError,
  type StationCommand,
  type StationReply,
  type Store,
  WerenodeError,
} from '@werenode/core'
import type { Logger } from 'pino'
import type { PlugActor } from './actor.ts'
import { askStop } from './follow.ts'
import { isActive, type Plug, type PlugTransaction } from './plug.ts'

const accepted: StationReply = { accepted: true }
const refused = (reason: string, retriable: boolean): StationReply => ({ accepted: false, reason, retriable })

const withLimit = ({ limitWh: _, ...row }: PlugTransaction, limitWh: number | undefined): PlugTransaction =>
  limitWh === undefined ? row : { ...row, limitWh }

/** Carries out what the EVSE Manager asks of a plug. Runs in the plug's turn. */
export const createCarryOut = ({ store, clock, log }: { store: Store; clock: Clock; log: Logger }) => {
  const bySession = async (sessionId: string): Promise<PlugTransaction | undefined> =>
    (await store.find<PlugTransaction>('mqtt_transactions', { sessionId }, { limit: 1 })).items[0]

  const start = async (
    actor: PlugActor,
    command: Extract<StationCommand, { verb: 'start' }>,
  ): Promise<StationReply> => {
    const known = await bySession(command.sessionId)
    // The same start again, after a crash between its answer and the manager's note of it.
    if (known && isActive(known)) {
      const row = actor.transaction
      const isRaised = command.limitWh !== row?.limitWh && row?._id === known._id && row.state !== 'stopping'
      if (!row || !isRaised) return accepted
      await actor.apply(withLimit(row, command.limitWh), [])
      // A device that keeps the limit itself learns it with the order to be on.
      if (actor.live().online) await actor.send('on')
      return accepted
    }
    if (known) return refused('This session is over at this plug.', false)
    const live = actor.live()
    if (!actor.plug.operative) return refused('The plug is out of service.', false)
    if (!live.online) return refused('The plug is not connected. Nothing was charged.', true)
    if (live.fault) return refused(`The plug reports a fault: ${live.fault}.`, true)
    if (actor.transaction) return refused('The plug is in use.', true)
    if (!actor.hasCounter()) {
      await actor.send('poll')
      return refused('The plug has not told its meter yet. Try again in a moment.', true)
    }
    const transactionId = randomUUID()
    const row: PlugTransaction = {
      _id: `${actor.plugId}/${transactionId}`,
      stationId: actor.plugId,
      transactionId,
      sessionId: command.sessionId,
      idTag: command.idTag,
      remoteStartId: command.remoteStartId,
      state: 'starting',
      requestedAt: clock().toISOString(),
      ...(command.limitWh === undefined ? {} : { limitWh: command.limitWh }),
      flags: actor.device.profile.deadMan.kind === 'device' ? [] : [`dead-man-${actor.device.profile.deadMan.kind}`],
    }
    // Wanted before it is asked for: whatever dies in between, the relay's state can be told right from wrong.
    await actor.insert(row)
    try {
      await actor.send('on')
      await actor.send('poll')
    } catch (error) {
      if (!isWerenodeError(error)) throw error
      await actor.apply({ ...row, state: 'failed', reason: error.code }, [])
      return refused(error.message, true)
    }
    await actor.tellStatus()
    return accepted
  }

  const stop = async (actor: PlugActor, transactionId: string): Promise<StationReply> => {
    const row = actor.transaction
    if (row?.transactionId !== transactionId) {
      const known = await store.get<PlugTransaction>('mqtt_transactions', `${actor.plugId}/${transactionId}`)
      return known ? accepted : refused('The plug does not know this transaction.', false)
    }
    const next = row.state === 'open' ? askStop(row, clock().getTime(), 'Remote') : undefined
    if (row.state === 'starting') await actor.apply({ ...row, state: 'failed', reason: 'Remote' }, [])
    if (next) await actor.apply(next, [])
    // Out of reach: the wish is kept and told as soon as it is back.
    if (actor.live().online) {
      await actor.send('off')
      await actor.send('poll')
    }
    await actor.tellStatus()
    return accepted
  }

  const limit = async (actor: PlugActor, limitW: number | undefined): Promise<StationReply> => {
    const { profile } = actor.device
    if (profile.commands.limit.length === 0) return refused('A plug can only be switched on and off.', false)
    const phases = actor.plug.ratedPowerW > 7_400 ? 3 : 1
    const limitA = Math.floor((limitW ?? actor.plug.ratedPowerW) / (230 * phases))
    // IEC 61851-1: a control pilot cannot say less than 6 A.
    if (limitA < 6) return refused('The charger cannot give less than 6 A. Stop the session instead.', false)
    await actor.send('limit', { limitA })
    return accepted
  }

  const perform = async (actor: PlugActor, command: StationCommand): Promise<StationReply> => {
    switch (command.verb) {
      case 'start':
        return start(actor, command)
      case 'stop':
        return stop(actor, command.transactionId)
      case 'setLimit':
        return limit(actor, command.limitW)
      case 'availability': {
        const { _rev, ...plug } = actor.plug as Plug & { _rev?: number }
        const next: Plug = { ...plug, operative: command.operative }
        await store.write([{ op: 'put', in: 'mqtt_plugs', doc: next }])
        actor.plug = next
        await actor.tellStatus()
        return accepted
      }
      case 'unlock':
        return refused('A plug has no lock: the cable can simply be pulled out.', false)
      case 'reset':
        return refused('A plug cannot be restarted from here.', false)
      case 'reserve':
      case 'cancelReservation':
        return refused('A plug cannot keep a reservation by itself.', false)
      default:
        throw new WerenodeError('invalid-input', 'This is not a command for a station')
    }
  }

  return (actor: PlugActor, command: StationCommand): Promise<StationReply> =>
    actor.inTurn(async () => {
      try {
        return await perform(actor, command)
      } catch (error) {
        if (!isWerenodeError(error) || error.code === 'store-unavailable') throw error
        log.info({ plugId: actor.plugId, verb: command.verb, code: error.code }, 'A command was not carried out')
        return refused(error.message, true)
      }
    })
}
