import type { Charge } from '../charges/charge.ts'
import { priceShape, shapeOf, type Tariffs, tariffOf } from './price-charge.ts'

export interface IdleFees {
  /** Charges that had to pay for standing. */
  readonly count: number
  readonly seconds: number
  readonly costMicro: bigint
  /** Charges whose tariff this app cannot read. */
  readonly unread: number
}

/** What was paid for standing at the plug after the car was full. */
export const idleFeesOf = (charges: readonly Charge[], tariffs: Tariffs): IdleFees => {
  let count = 0
  let seconds = 0
  let costMicro = 0n
  let unread = 0
  for (const charge of charges) {
    if (charge.idleSeconds <= 0 || charge.costMicro <= 0n) continue
    const shape = shapeOf(charge)
    const tariff = tariffOf(tariffs, charge.tariffHash)
    if (!shape) continue
    const price = tariff && priceShape(shape, tariff, charge.timeZone)
    if (!price) {
      unread += 1
      continue
    }
    const fee = price.costs.PARKING_TIME.inclVatMicro
    if (fee <= 0n) continue
    count += 1
    seconds += charge.idleSeconds
    costMicro += fee
  }
  return { count, seconds, costMicro, unread }
}
