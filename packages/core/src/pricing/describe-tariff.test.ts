import { describe, expect, test } from 'vitest'
import { describeTariff, type TariffPart } from './describe-tariff.ts'
import type { Tariff } from './tariff.ts'
import { element, price, tariffOf } from './testing/fixtures.ts'

const figures = (tariff: Tariff) =>
  describeTariff(tariff).map(({ kind, unit, inclVat }) => `${kind} ${inclVat}/${unit}`)
const partOf = (tariff: Tariff, kind: TariffPart['kind']) => describeTariff(tariff).filter((part) => part.kind === kind)

const full = tariffOf(
  [
    element({}, price('FLAT', 0.5, 1, 20)),
    element(
      {
        start_time: '09:00',
        end_time: '17:00',
        day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'SATURDAY'],
        max_power: 16.5,
      },
      price('ENERGY', 0.25, 100, 10),
    ),
    element({}, price('ENERGY', 0.3, 1, 5.5), price('TIME', 0)),
    element({ min_duration: 5400, min_kwh: 20 }, price('PARKING_TIME', 5, 300, 20)),
    element({ start_time: '18:00' }, price('ENERGY', 99)),
    element({ reservation: 'RESERVATION' }, price('TIME', 6, 60)),
    element({ reservation: 'RESERVATION_EXPIRES' }, price('FLAT', 4)),
  ],
  { max_price: { excl_vat: 10, incl_vat: 11 } },
)

describe('the parts of a tariff', () => {
  test('begin with the price per kWh, time per minute, VAT included, and leave out what never applies', () => {
    expect(figures(full)).toEqual([
      'energy 0.275/kWh',
      'energy 0.3165/kWh',
      'time 0/minute',
      'parking 0.1/minute',
      'start 0.6/session',
      'reservation-time 0.1/minute',
      'expiry-fee 4/session',
      'max 11/session',
    ])
  })

  test('say when they apply and in what blocks they are billed', () => {
    const [day, otherwise] = partOf(full, 'energy')
    expect(day).toEqual({
      kind: 'energy',
      unit: 'kWh',
      inclVat: '0.275',
      exclVat: '0.25',
      vatPercent: '10',
      restrictions: {
        start_time: '09:00',
        end_time: '17:00',
        day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'SATURDAY'],
        max_power: 16.5,
      },
      stepWh: 100,
    })
    expect(otherwise).toEqual({ kind: 'energy', unit: 'kWh', inclVat: '0.3165', exclVat: '0.3', vatPercent: '5.5' })
    expect(partOf(full, 'parking')).toMatchObject([
      { stepSeconds: 300, restrictions: { min_duration: 5400, min_kwh: 20 } },
    ])
  })

  test('of a reservation carry no condition of their own', () => {
    expect(partOf(full, 'reservation-time')).toEqual([
      { kind: 'reservation-time', unit: 'minute', inclVat: '0.1', exclVat: '0.1', vatPercent: null, stepSeconds: 60 },
    ])
  })

  test('of a tariff that costs nothing are one, without conditions', () => {
    const night = { start_time: '22:00', end_time: '06:00' }
    expect(describeTariff(tariffOf([element(night, price('ENERGY', 0)), element({}, price('FLAT', 0, 0))]))).toEqual([
      { kind: 'energy', unit: 'kWh', inclVat: '0', exclVat: '0', vatPercent: null },
    ])
  })
})
