import { priceSession } from './price-session.ts'
import { badSession } from './refusal.ts'
import type { Reservation, SessionPeriod } from './session-input.ts'
import type { SessionPrice } from './session-price.ts'
import type { Tariff } from './tariff.ts'

/** A charge somebody has in mind. Power is taken as even. */
export interface ChosenCharge {
  readonly timeZone: string
  readonly startAt: Date
  readonly energyWh: number
  readonly chargingSeconds: number
  /** Plugged in after the vehicle is full. */
  readonly parkingSeconds?: number
  /** Absent: the mean. */
  readonly powerW?: number
  /** Needed only by tariffs restricted by current. */
  readonly currentA?: number
  readonly reservation?: Reservation
}

/** What the chosen charge would cost. An estimate only in that the real charge will differ from the chosen one. */
export const quote = (tariff: Tariff, charge: ChosenCharge): SessionPrice => {
  const { startAt, energyWh, chargingSeconds, parkingSeconds = 0, powerW, currentA } = charge
  for (const [name, seconds] of Object.entries({ chargingSeconds, parkingSeconds }))
    if (!(Number.isFinite(seconds) && seconds >= 0)) throw badSession(name, `${seconds} is not a duration`)
  const fullAt = new Date(startAt.getTime() + Math.round(chargingSeconds * 1000))
  const leftAt = new Date(fullAt.getTime() + Math.round(parkingSeconds * 1000))
  const periods: SessionPeriod[] = [
    {
      startAt,
      endAt: fullAt,
      energyWh,
      ...(powerW === undefined ? {} : { powerW }),
      ...(currentA === undefined ? {} : { currentA }),
    },
    ...(parkingSeconds === 0 ? [] : [{ startAt: fullAt, endAt: leftAt, energyWh: 0, state: 'parking' as const }]),
  ]
  const { timeZone, reservation } = charge
  return priceSession({ tariff, timeZone, periods, ...(reservation === undefined ? {} : { reservation }) })
}
