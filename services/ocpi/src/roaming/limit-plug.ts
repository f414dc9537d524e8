import {
  ask,
  type Bus,
  type Doc,
  isWerenodeError,
  type Party,
  type StationReply,
  type Store,
  stationCommandSubject,
} from '@werenode/core'
import type { PartyRef } from '../model/model.ts'
import type { OwnPlug, OwnPlugs } from './own-plug.ts'

/** Volts between line and neutral; what a profile in ampere means in watt. */
const volts = 230
const phases = { AC_1_PHASE: 1, AC_2_PHASE: 2, AC_2_PHASE_SPLIT: 2, AC_3_PHASE: 3, DC: 1 } as const

interface SchedulePeriod {
  readonly startPeriod: number
  readonly limit: number
  readonly numberPhases?: number
}
interface CompositeAnswer {
  readonly status?: string
  readonly chargingSchedule?: {
    readonly chargingRateUnit: string
    readonly chargingSchedulePeriod: readonly SchedulePeriod[]
  }
  readonly schedule?: CompositeAnswer['chargingSchedule']
}

/** Limits the power of a running charge of a partner's driver, and knows what else limits it. */
export const createLimitPlug = ({
  store,
  bus,
  plugs,
  us,
}: {
  store: Store
  bus: Bus
  plugs: OwnPlugs
  us: PartyRef
}) => {
  const party = `${us.country_code}*${us.party_id}` as Party
  const plugOf = async (sessionId: string): Promise<OwnPlug | undefined> => {
    const charge = await store.get<Doc & { locationId: string; evseUid: string; connectorId: string }>(
      'ocpi_charges',
      sessionId,
    )
    return charge && plugs.find(charge)
  }
  const placeOf = ({ evseId, connector }: OwnPlug) =>
    ask(bus, 'catalogue.offer', { evseId, connector: Number(connector.id) })

  /** A node whose stations are elsewhere, or speak no OCPP, has nobody to ask. */
  const unlessNobody = async <T>(asked: Promise<T>): Promise<T | undefined> => {
    try {
      return await asked
    } catch (error) {
      if (isWerenodeError(error) && (error.code === 'no-responder' || error.code === 'not-found')) return undefined
      throw error
    }
  }

  const shareOf = async ({ stationId, evse }: { stationId: string; evse: number }): Promise<number | undefined> => {
    const found = await unlessNobody(ask(bus, 'stations.sites', { party }))
    for (const site of found?.items ?? [])
      for (const place of site.evses) if (place.stationId === stationId && place.evse === evse) return place.grantedW
    return undefined
  }

  return {
    /** Watt of one unit of the profile at the charge's connector. */
    wattsPer: async (sessionId: string, unit: 'W' | 'A'): Promise<number> => {
      const plug = unit === 'W' ? undefined : await plugOf(sessionId)
      return plug === undefined ? 1 : volts * phases[plug.connector.power_type]
    },
    /** Most that the charge's connector gives, W. */
    maxW: async (sessionId: string): Promise<number> => {
      const connector = (await plugOf(sessionId))?.connector
      if (connector === undefined) return 0
      const { max_electric_power, max_voltage, max_amperage, power_type } = connector
      return max_electric_power ?? max_voltage * max_amperage * phases[power_type]
    },
    /** What its site grants it, W; undefined where no site shares a limit. */
    shareW: async (sessionId: string): Promise<number | undefined> => {
      const plug = await plugOf(sessionId)
      return plug && shareOf(await placeOf(plug))
    },
    /**
     * What its station has planned of all that it was told and all that limits it there (GetCompositeSchedule), W by seconds from now;
     * undefined where it does not say.
     */
    plannedW: async (
      sessionId: string,
      durationS: number,
    ): Promise<readonly { startS: number; limitW: number }[] | undefined> => {
      const plug = await plugOf(sessionId)
      if (plug === undefined) return undefined
      const { stationId, evse } = await placeOf(plug)
      const station = await unlessNobody(ask(bus, 'stations.get', { party, stationId }))
      if (station?.link === undefined || !station.connected) return undefined
      const is16 = station.link.version === 'ocpp1.6'
      const payload = { [is16 ? 'connectorId' : 'evseId']: evse, duration: durationS, chargingRateUnit: 'W' }
      const action = 'GetCompositeSchedule'
      const sent = await ask(bus, 'stations.send', { party, stationId, action, payload, timeoutMs: 20_000 })
      const answer = sent.answer as CompositeAnswer | undefined
      const schedule = answer?.chargingSchedule ?? answer?.schedule
      if (answer?.status !== 'Accepted' || schedule === undefined) return undefined
      return schedule.chargingSchedulePeriod.map(({ startPeriod, limit, numberPhases }) => {
        const ofUnit = volts * (numberPhases ?? phases[plug.connector.power_type])
        return { startS: startPeriod, limitW: schedule.chargingRateUnit === 'A' ? limit * ofUnit : limit }
      })
    },
    /**
     * Limits it; undefined takes the limit off. Never to more than its site grants it: a partner's wish does not lift what protects the
     * connection to the grid. False when the plug does not take it. Throws `not-found` when it does not run.
     */
    limit: async (sessionId: string, limitW: number | undefined): Promise<boolean> => {
      const plug = await plugOf(sessionId)
      if (plug === undefined) return false
      const { stationId, evse } = await placeOf(plug)
      const share = await shareOf({ stationId, evse })
      const least = Math.min(limitW ?? Number.POSITIVE_INFINITY, share ?? Number.POSITIVE_INFINITY)
      const reply = await bus.request<StationReply>(
        stationCommandSubject(stationId),
        { verb: 'setLimit', evse, ...(Number.isFinite(least) ? { limitW: least } : {}) },
        { timeoutMs: 40_000 },
      )
      return reply.accepted
    },
  }
}
export type LimitPlug = ReturnType<typeof createLimitPlug>
