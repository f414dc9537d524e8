import { createHash } from 'node:crypto'
import { ceilingOf, type Hex, type PriceCeiling, parseTariff, type Quote, quote } from '@werenode/core'

/** The on-chain ceilings that dominate a tariff (R30). Throws `not-computable` where the contract cannot express it. */
export const ceilings = (tariff: unknown, _maxPowerW: number): PriceCeiling => {
  const { startFeeMicro, pricePerKWhMicro, pricePerMinuteMicro, idlePerMinuteMicro } = ceilingOf(parseTariff(tariff))
  return {
    startFee: startFeeMicro,
    pricePerKWh: pricePerKWhMicro,
    pricePerMinute: pricePerMinuteMicro,
    idlePerMinute: idlePerMinuteMicro,
  }
}

/** SHA-256 of the tariff's canonical JSON (keys sorted): lets anyone check the exact price against the terms. */
export const tariffHash = (tariff: unknown): Hex =>
  `0x${createHash('sha256').update(canonicalJson(tariff)).digest('hex')}`

export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value as Record<string, unknown>).filter(([, field]) => field !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`)
    .join(',')}}`
}

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
