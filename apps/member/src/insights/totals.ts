import type { Charge } from '../charges/charge.ts'

/** What a group of charges comes to. */
export interface Totals {
  readonly count: number
  readonly energyWh: number
  readonly costMicro: bigint
  readonly chargingSeconds: number
  readonly idleSeconds: number
}

export const noTotals: Totals = { count: 0, energyWh: 0, costMicro: 0n, chargingSeconds: 0, idleSeconds: 0 }

export const add = (sum: Totals, charge: Charge): Totals => ({
  count: sum.count + 1,
  energyWh: sum.energyWh + charge.energyWh,
  costMicro: sum.costMicro + charge.costMicro,
  chargingSeconds: sum.chargingSeconds + charge.chargingSeconds,
  idleSeconds: sum.idleSeconds + charge.idleSeconds,
})

export const totalsOf = (charges: readonly Charge[]): Totals => charges.reduce(add, noTotals)

/** What a kWh came to, all fees included, micro-euro; undefined where no energy flowed. Half up. */
export const pricePerKWhMicro = ({
  costMicro,
  energyWh,
}: Pick<Totals, 'costMicro' | 'energyWh'>): bigint | undefined =>
  energyWh <= 0 ? undefined : (costMicro * 1000n + BigInt(energyWh) / 2n) / BigInt(energyWh)
