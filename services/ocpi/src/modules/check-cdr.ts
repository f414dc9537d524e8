import { cdrFigures, isWerenodeError, parseTariff, priceSession, type SessionPeriod } from '@werenode/core'
import type { Cdr, Price, Session, Tariff } from '../model/model.ts'

/**
 * What does not add up in a partner's CDR, in sentences; nothing when all does. Compared are the CDR with itself, with the
 * session it ends, and with what its own tariff makes of its own charging periods (core's engine).
 */
export const checkCdr = (
  cdr: Cdr,
  ask: { session?: Session; timeZone?: string; credited?: Cdr },
): readonly string[] => {
  const findings: string[] = []
  if (Date.parse(cdr.end_date_time) < Date.parse(cdr.start_date_time)) findings.push('It ends before it begins.')
  if (cdr.credit || cdr.total_cost.excl_vat < 0) return [...findings, ...checkCredit(cdr, ask.credited)]
  const periods = energyOf(cdr)
  if (periods !== undefined && !near(periods, cdr.total_energy, 0.001))
    findings.push(`Its periods hold ${periods} kWh, its total_energy is ${cdr.total_energy} kWh.`)
  const { session } = ask
  // A CDR may come before the session's end: then there is nothing to compare it with yet.
  if (session?.status === 'COMPLETED') {
    if (!near(session.kwh, cdr.total_energy, 0.001))
      findings.push(`The session ended at ${session.kwh} kWh, the CDR bills ${cdr.total_energy} kWh.`)
    if (session.currency !== cdr.currency)
      findings.push(`The session was in ${session.currency}, the CDR is in ${cdr.currency}.`)
    if (session.total_cost !== undefined && !sameCost(session.total_cost, cdr.total_cost))
      findings.push(`The session ended at ${costText(session.total_cost)}, the CDR bills ${costText(cdr.total_cost)}.`)
  }
  return [...findings, ...checkPrice(cdr, ask.timeZone)]
}

const checkCredit = (cdr: Cdr, credited: Cdr | undefined): string[] => {
  const findings: string[] = []
  if (cdr.total_cost.excl_vat > 0) findings.push('It is a credit, but its total_cost is positive.')
  if (credited === undefined)
    return [...findings, `It credits CDR ${cdr.credit_reference_id ?? '(not named)'}, which is not known here.`]
  if (Math.abs(cdr.total_cost.excl_vat) > credited.total_cost.excl_vat + 0.0001)
    findings.push(
      `It credits ${Math.abs(cdr.total_cost.excl_vat)}, more than the ${credited.total_cost.excl_vat} that were billed.`,
    )
  return findings
}

const checkPrice = (cdr: Cdr, timeZone: string | undefined): string[] => {
  const tariff = cdr.tariffs?.length === 1 ? cdr.tariffs[0] : undefined
  if (tariff === undefined || timeZone === undefined) return []
  try {
    const price = priceSession({ tariff: parseTariff(tariff as Tariff), timeZone, periods: periodsOf(cdr) })
    const ours = cdrFigures(price).total_cost
    if (Math.abs(ours.excl_vat - cdr.total_cost.excl_vat) < 0.01) return []
    return [
      `By its own tariff and periods the price is ${ours.excl_vat} without VAT, the CDR bills ${cdr.total_cost.excl_vat}.`,
    ]
  } catch (error) {
    if (isWerenodeError(error) && (error.code === 'not-computable' || error.code === 'invalid-input'))
      return [`Its price could not be checked: ${error.message}.`]
    throw error
  }
}

/** A period ends where the next begins (mod_cdrs, ChargingPeriod). */
const periodsOf = (cdr: Cdr): SessionPeriod[] =>
  cdr.charging_periods.map(({ start_date_time, dimensions }, index) => {
    const volume = (type: string) => dimensions.find((one) => one.type === type)?.volume
    const parked = volume('PARKING_TIME') !== undefined
    const power = volume('MAX_POWER')
    const current = volume('MAX_CURRENT')
    return {
      startAt: new Date(start_date_time),
      endAt: new Date(cdr.charging_periods[index + 1]?.start_date_time ?? cdr.end_date_time),
      energyWh: (volume('ENERGY') ?? 0) * 1000,
      state: parked ? 'parking' : 'charging',
      ...(power === undefined ? {} : { powerW: power * 1000 }),
      ...(current === undefined ? {} : { currentA: current }),
    }
  })

const energyOf = (cdr: Cdr): number | undefined => {
  const volumes = cdr.charging_periods.flatMap(({ dimensions }) => dimensions.filter(({ type }) => type === 'ENERGY'))
  if (volumes.length === 0) return undefined
  return Math.round(volumes.reduce((sum, { volume }) => sum + volume, 0) * 10_000) / 10_000
}
const near = (a: number, b: number, within: number): boolean => Math.abs(a - b) <= within + 1e-9
const sameCost = (a: Price, b: Price): boolean =>
  near(a.excl_vat, b.excl_vat, 0.0001) &&
  (a.incl_vat === undefined || b.incl_vat === undefined || near(a.incl_vat, b.incl_vat, 0.0001))
const costText = ({ excl_vat, incl_vat }: Price): string =>
  incl_vat === undefined ? `${excl_vat}` : `${excl_vat} (${incl_vat} with VAT)`
