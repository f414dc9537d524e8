import { createHash } from 'node:crypto'
import {
  ask,
  type Bus,
  type Doc,
  type SessionView,
  type StationCommand,
  type StationReply,
  type Store,
  stationCommandSubject,
} from '@werenode/core'
import type { CarryOut, CommandResult, PlugCommand } from '../modules/commands.ts'
import type { OwnPlugs } from './own-plug.ts'

interface ReservationDoc extends Doc {
  readonly stationId: string
  readonly number: number
}
type Outcome = { result: CommandResult; message?: string }

/** A station may take so long to answer, and power so long to end, ms: within what we tell partners (CommandResponse.timeout). */
const patienceMs = 50_000
const askEveryMs = 150

/**
 * Carries partners' commands out at our plugs. A start goes through the manager, so that a partner's driver walks the corridor of every
 * charge; the rest goes to the station.
 */
export const createCarryOut = (deps: { store: Store; bus: Bus; plugs: OwnPlugs }): CarryOut => {
  const { store, bus, plugs } = deps

  const station = async (stationId: string, command: StationCommand): Promise<Outcome> => {
    const reply = await bus.request<StationReply>(stationCommandSubject(stationId), command, { timeoutMs: patienceMs })
    return reply.accepted ? { result: 'ACCEPTED' } : { result: 'REJECTED', message: reply.reason }
  }

  /** The session as soon as it says what the partner waits for. */
  const watch = async (
    sessionId: SessionView['id'],
    outcomeOf: (view: SessionView) => Outcome | undefined,
  ): Promise<Outcome> => {
    const until = performance.now() + patienceMs
    while (performance.now() < until) {
      const outcome = outcomeOf(await ask(bus, 'manager.session', { sessionId }))
      if (outcome !== undefined) return outcome
      await new Promise((resolve) => setTimeout(resolve, askEveryMs))
    }
    return { result: 'TIMEOUT', message: 'The station did not answer in time' }
  }

  const start = async (command: Extract<PlugCommand, { name: 'START_SESSION' }>): Promise<Outcome> => {
    const { evseId, connector } = await plugs.find(command)
    const { id } = await ask(
      bus,
      'manager.roamingStart',
      {
        key: command.commandId,
        at: command.at,
        evseId,
        connector: Number(connector.id),
        origin: { by: 'command', commandId: command.commandId },
      },
      { timeoutMs: 15_000 },
    )
    return watch(id, ({ state, message }) => {
      if (state === 'funded') return undefined
      if (state !== 'cancelled' && state !== 'rejected') return { result: 'ACCEPTED' }
      return { result: 'FAILED', ...(message === undefined ? {} : { message }) }
    })
  }

  const stop = async ({ sessionId }: Extract<PlugCommand, { name: 'STOP_SESSION' }>): Promise<Outcome> => {
    const doc = await store.get<Doc & { sessionId?: SessionView['id'] }>('ocpi_charges', sessionId)
    if (doc?.sessionId === undefined) return { result: 'REJECTED', message: `Session ${sessionId} is not known here` }
    const view = await ask(bus, 'manager.stop', { sessionId: doc.sessionId, by: 'operator' })
    return watch(view.id, ({ state, endedAt }) =>
      endedAt !== undefined || state === 'cancelled' ? { result: 'ACCEPTED' } : undefined,
    )
  }

  const reservationId = ({ partnerId, reservationId: id }: { partnerId: string; reservationId: string }): string =>
    `reservation|${partnerId}|${id}`

  const reserve = async (command: Extract<PlugCommand, { name: 'RESERVE_NOW' }>): Promise<Outcome> => {
    const { evseId, connector } = await plugs.find(command)
    const offer = await ask(bus, 'catalogue.offer', { evseId, connector: Number(connector.id) })
    // Stations know reservations by number, partners by text: the same text is the same number.
    const number = createHash('sha256').update(reservationId(command)).digest().readUInt32BE(0) >>> 1
    const doc: ReservationDoc = { _id: reservationId(command), stationId: offer.stationId, number }
    await store.write([{ op: 'put', in: 'ocpi_plugs_reserved', doc }])
    const idTag = command.token.uid.slice(0, 20)
    const { until } = command
    return station(offer.stationId, { verb: 'reserve', evse: offer.evse, reservationId: number, idTag, until })
  }

  const cancel = async (command: Extract<PlugCommand, { name: 'CANCEL_RESERVATION' }>): Promise<Outcome> => {
    const doc = await store.get<ReservationDoc>('ocpi_plugs_reserved', reservationId(command))
    if (doc === undefined) return { result: 'UNKNOWN_RESERVATION' }
    const outcome = await station(doc.stationId, { verb: 'cancelReservation', reservationId: doc.number })
    if (outcome.result === 'ACCEPTED') await store.write([{ op: 'delete', in: 'ocpi_plugs_reserved', id: doc._id }])
    return outcome
  }

  const unlock = async (command: Extract<PlugCommand, { name: 'UNLOCK_CONNECTOR' }>): Promise<Outcome> => {
    const { evseId, connector } = await plugs.find(command)
    const offer = await ask(bus, 'catalogue.offer', { evseId, connector: Number(connector.id) })
    return station(offer.stationId, { verb: 'unlock', evse: offer.evse, connector: offer.connector })
  }

  return async (command) => {
    switch (command.name) {
      case 'START_SESSION':
        return start(command)
      case 'STOP_SESSION':
        return stop(command)
      case 'RESERVE_NOW':
        return reserve(command)
      case 'CANCEL_RESERVATION':
        return cancel(command)
      case 'UNLOCK_CONNECTOR':
        return unlock(command)
    }
  }
}
