import { canonicalTariff, ceilingOf, type Hex, type PriceCeiling, parseTariff, type Quote, quote } from '@werenode/core'
import { keccak256, stringToHex } from 'viem'

/** The on-chain ceilings that dominate a tariff for every session (R30). Throws where the contract cannot express it. */
export const ceilings = (tariff: unknown): PriceCeiling => ceilingOf(parseTariff(tariff))

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
