import { type CdrFigures, cdrFigures, type MeterSample, parseTariff, priceSession } from '@werenode/core'
import { compact } from '../model/map-context.ts'
import type { Cdr, CdrLocation, CdrToken, ChargingPeriod, Location, PartyRef, Session, Tariff } from '../model/model.ts'
import { sameId } from '../modules/sender.ts'
import { accept } from '../schema/accept.ts'
import { tariff as tariff221 } from '../v221/objects.ts'

/** A foreign driver's charge at one of our plugs. */
export interface Charge {
  /** Our OCPI id of the session. */
  readonly id: string
  readonly token: CdrToken
  readonly authMethod: 'AUTH_REQUEST' | 'COMMAND' | 'WHITELIST'
  readonly authorizationReference?: string
  readonly locationId: string
  readonly evseUid: string
  readonly connectorId: string
  /** OCPI 2.2.1 Tariff in force when it began; absent: free of charge. */
  readonly tariff?: unknown
  readonly timeZone: string
  readonly currency: string
}

/**
 * Energy, time and cost so far, by core's engine. Session.total_cost and the CDR's are made here and nowhere else, so they
 * cannot differ. @throws WerenodeError `not-computable` when the tariff cannot be priced.
 */
export const figuresOf = (charge: Charge, samples: readonly MeterSample[]): CdrFigures => {
  const tariff =
    charge.tariff === undefined || charge.tariff === null ? freeTariff(charge.currency) : parseTariff(charge.tariff)
  return withTime(cdrFigures(priceSession({ tariff, timeZone: charge.timeZone, samples })))
}

const freeTariff = (currency: string) =>
  parseTariff({ id: 'FREE', currency, elements: [{ price_components: [{ type: 'ENERGY', price: 0, step_size: 1 }] }] })

/** mod_cdrs: a period holds energy and time even where the tariff has a flat fee only (specification issue #426). */
const withTime = (figures: CdrFigures): CdrFigures => ({
  ...figures,
  charging_periods: figures.charging_periods.map((period) =>
    period.dimensions.length > 0 ? period : { ...period, dimensions: [{ type: 'TIME' as const, volume: 0 }] },
  ),
})

export const sessionObject = (
  charge: Charge,
  us: PartyRef,
  state: {
    samples: readonly MeterSample[]
    status: Session['status']
    figures: CdrFigures | undefined
    at: Date
  },
): Session => {
  const { samples, status, figures, at } = state
  const first = samples[0]!
  const last = samples.at(-1)!
  return compact({
    ...us,
    id: charge.id,
    start_date_time: first.at.toISOString(),
    end_date_time: (status === 'COMPLETED' ? last.at.toISOString() : undefined) as string,
    kwh: figures?.total_energy ?? Math.round(last.energyWh - first.energyWh) / 1000,
    cdr_token: charge.token,
    auth_method: charge.authMethod,
    authorization_reference: charge.authorizationReference as string,
    location_id: charge.locationId,
    evse_uid: charge.evseUid,
    connector_id: charge.connectorId,
    currency: figures?.currency ?? charge.currency,
    charging_periods: figures && periodsOf(figures),
    total_cost: figures?.total_cost,
    status,
    last_updated: at.toISOString(),
  } as never) as Session
}

const periodsOf = (figures: CdrFigures): readonly ChargingPeriod[] | undefined =>
  figures.charging_periods.length === 0
    ? undefined
    : figures.charging_periods.map(({ tariff_id, ...period }) =>
        tariff_id === 'FREE' ? period : { ...period, tariff_id },
      )

/** mod_cdrs: made from the session's own figures; its id is the session's, so it cannot be made twice. */
export const cdrObject = (
  charge: Charge,
  us: PartyRef,
  state: { session: Session; figures: CdrFigures; location: Location; at: Date },
): Cdr => {
  const { session, figures, location, at } = state
  const { currency, charging_periods, ...totals } = figures
  return compact({
    ...us,
    id: charge.id,
    start_date_time: session.start_date_time,
    end_date_time: session.end_date_time!,
    session_id: charge.id,
    cdr_token: charge.token,
    auth_method: charge.authMethod,
    authorization_reference: charge.authorizationReference as string,
    cdr_location: cdrLocationOf(location, charge),
    currency,
    tariffs: tariffsOf(charge, us, at),
    charging_periods: periodsOf(figures) ?? [
      {
        start_date_time: session.start_date_time,
        dimensions: [
          { type: 'ENERGY', volume: figures.total_energy },
          { type: 'TIME', volume: figures.total_time },
        ],
      },
    ],
    ...totals,
    last_updated: at.toISOString(),
  } as never) as Cdr
}

/** The tariff as our own OCPI object: the catalogue keeps it as its owner wrote it, dates of any precision and all. */
const tariffsOf = (charge: Charge, us: PartyRef, at: Date): readonly Tariff[] | undefined => {
  if (charge.tariff === undefined || charge.tariff === null) return undefined
  const read = accept(tariff221, { last_updated: at.toISOString(), ...(charge.tariff as object), ...us })
  return read.ok ? [read.value as Tariff] : undefined
}

const cdrLocationOf = (location: Location, charge: Charge): CdrLocation => {
  const evse = location.evses?.find(({ uid }) => sameId(uid, charge.evseUid))
  const connector = evse?.connectors.find(({ id }) => sameId(id, charge.connectorId))
  if (evse === undefined || connector === undefined)
    throw new Error(
      `Charge ${charge.id}: connector ${charge.connectorId} of EVSE ${charge.evseUid} is not at location ${location.id}`,
    )
  const { id, name, address, city, postal_code, state, country, coordinates } = location
  return compact({
    id,
    name: name as string,
    address,
    city,
    postal_code: postal_code as string,
    state: state as string,
    country,
    coordinates,
    evse_uid: evse.uid,
    evse_id: evse.evse_id ?? '#NA',
    connector_id: connector.id,
    connector_standard: connector.standard,
    connector_format: connector.format,
    connector_power_type: connector.power_type,
  })
}

/** mod_cdrs, "Credit CDR": a new CDR that takes the whole of another back; only total_cost is negative. */
export const creditOf = (cdr: Cdr, at: Date): Cdr => {
  const minus = (value: number): number => (value === 0 ? 0 : -value)
  const { excl_vat, incl_vat } = cdr.total_cost
  return {
    ...cdr,
    id: `${cdr.id.slice(0, 37)}-C`,
    credit: true,
    credit_reference_id: cdr.id,
    total_cost: { excl_vat: minus(excl_vat), ...(incl_vat === undefined ? {} : { incl_vat: minus(incl_vat) }) },
    last_updated: at.toISOString(),
  }
}
