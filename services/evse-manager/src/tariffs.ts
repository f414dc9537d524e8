import {
  canonicalTariff,
  ceilingOf,
  type Hex,
  type PriceCeiling,
  parseTariff,
  type Quote,
  quote,
  WerenodeError,
} from '@werenode/core'
import { keccak256, stringToHex } from 'viem'

/**
 * The on-chain ceilings that dominate a tariff for every session (R30). Throws `not-computable` where the contract cannot
 * express it, and for prices by current, which station readings do not tell reliably enough to bill by.
 */
export const ceilings = (tariff: unknown): PriceCeiling => {
  const parsed = parseTariff(tariff)
  const byCurrent = parsed.elements.some(
    ({ restrictions }) => restrictions?.min_current !== undefined || restrictions?.max_current !== undefined,
  )
  if (byCurrent)
    throw new WerenodeError('not-computable', `The tariff ${parsed.id} depends on current, which is not billed here`, {
      hint: 'The operator can price by power (min_power, max_power) instead.',
    })
  return ceilingOf(parsed)
}

/** keccak256 of the tariff's canonical text: lets anyone check the exact price against the signed terms. */
export const tariffHash = (tariff: unknown, timeZone: string): Hex =>
  keccak256(stringToHex(canonicalTariff(parseTariff(tariff), timeZone)))

/** The example charge shown beside a quote: so much energy at 70 % of the plug's power. */
export const examplePrice = (
  tariff: unknown,
  timeZone: string,
  startAt: Date,
  energyWh: number,
  maxPowerW: number,
): Quote['example'] => {
  const durationS = Math.ceil((energyWh * 3600) / (maxPowerW * 0.7))
  const price = quote(parseTariff(tariff), { timeZone, startAt, energyWh, chargingSeconds: durationS })
  return { energyWh, durationS, totalMicro: price.totalInclVatMicro.toString() }
}
