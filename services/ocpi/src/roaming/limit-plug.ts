import { ask, type Bus, type Doc, type StationReply, type Store, stationCommandSubject } from '@werenode/core'
import type { OwnPlugs } from './own-plug.ts'

/** Volts between line and neutral; what a profile in ampere means in watt. */
const volts = 230
const phases = { AC_1_PHASE: 1, AC_2_PHASE: 2, AC_2_PHASE_SPLIT: 2, AC_3_PHASE: 3, DC: 1 } as const

/** Limits the power of a running charge of a partner's driver; undefined limit takes it off. Throws `not-found` when it does not run. */
export const createLimitPlug = ({ store, bus, plugs }: { store: Store; bus: Bus; plugs: OwnPlugs }) => {
  const plugOf = async (sessionId: string) => {
    const charge = await store.get<Doc & { locationId: string; evseUid: string; connectorId: string }>(
      'ocpi_charges',
      sessionId,
    )
    return charge && plugs.find(charge)
  }
  return {
    /** Watt of one unit of the profile at the charge's connector. */
    wattsPer: async (sessionId: string, unit: 'W' | 'A'): Promise<number> => {
      const plug = unit === 'W' ? undefined : await plugOf(sessionId)
      return plug === undefined ? 1 : volts * phases[plug.connector.power_type]
    },
    limit: async (sessionId: string, limitW: number | undefined): Promise<boolean> => {
      const plug = await plugOf(sessionId)
      if (plug === undefined) return false
      const offer = await ask(bus, 'catalogue.offer', { evseId: plug.evseId, connector: Number(plug.connector.id) })
      const reply = await bus.request<StationReply>(
        stationCommandSubject(offer.stationId),
        { verb: 'setLimit', evse: offer.evse, ...(limitW === undefined ? {} : { limitW }) },
        { timeoutMs: 40_000 },
      )
      return reply.accepted
    },
  }
}
export type LimitPlug = ReturnType<typeof createLimitPlug>
