import { expect, it } from 'vitest'
import { appetiteW, createCar } from './car.ts'
import { advance, createSupply, phasesOf } from './supply.ts'

const ac = () => createSupply({ dc: false, phases: 3, maxPowerW: 22_000, registerWh: 1_000 })

it('counts what the car takes, after a short ramp', () => {
  const supply = ac()
  const car = createCar()
  supply.contactor = 'closed'
  advance(supply, car, 3600)
  expect(supply.powerW).toBe(11_040)
  expect(supply.registerWh - 1_000).toBeGreaterThan(11_000)
  expect(supply.registerWh - 1_000).toBeLessThan(11_040)
  expect(car.socPercent).toBeCloseTo(30 + (11_035 * 0.92 * 100) / 58_000, 0)
})

it('gives nothing through an open contactor', () => {
  const supply = ac()
  advance(supply, createCar(), 3600)
  expect(supply.registerWh).toBe(1_000)
})

it('stops when the car has what it wants', () => {
  const supply = ac()
  const car = createCar({ socPercent: 79.9 })
  supply.contactor = 'closed'
  advance(supply, car, 3600)
  expect(supply.powerW).toBe(0)
  expect(car.socPercent).toBeLessThan(81)
})

it('obeys a limit', () => {
  const supply = ac()
  supply.contactor = 'closed'
  supply.limitW = 4_000
  advance(supply, createCar(), 60)
  expect(supply.powerW).toBe(4_000)
})

it('tapers on DC', () => {
  const supply = { dc: true, phases: 3 } as const
  const at = (socPercent: number) => appetiteW(createCar({ socPercent, targetSocPercent: 100 }), supply)
  expect(at(30)).toBe(120_000)
  expect(at(70)).toBeLessThan(at(55))
  expect(at(95)).toBeLessThan(at(80))
})

it('shares the power among the phases', () => {
  const supply = ac()
  supply.powerW = 11_040
  const phases = phasesOf(supply)
  expect(phases.map((phase) => phase.name)).toEqual(['L1', 'L2', 'L3'])
  for (const phase of phases) expect(phase.volts * phase.amperes).toBeCloseTo(3_680)
})
