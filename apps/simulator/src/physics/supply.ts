import { appetiteW, type Car, fill } from './car.ts'

/** The electrical side of one EVSE: what it can give, what flows, and the register that counts it. */
export interface Supply {
  readonly dc: boolean
  readonly phases: 1 | 3
  readonly maxPowerW: number
  /** Set by a charging profile; undefined when none holds. */
  limitW: number | undefined
  contactor: 'open' | 'closed'
  powerW: number
  /** Energy.Active.Import.Register, Wh, with fractions. */
  registerWh: number
}

export const createSupply = (options: {
  dc: boolean
  phases: 1 | 3
  maxPowerW: number
  registerWh: number
}): Supply => ({ ...options, limitW: undefined, contactor: 'open', powerW: 0 })

/** W per second while power comes up: on-board chargers ramp in some seconds. */
const rampWPerS = { ac: 2_500, dc: 12_000 }

/** Lets `seconds` pass. The car and the register move together; nothing flows through an open contactor. */
export const advance = (supply: Supply, car: Car | undefined, seconds: number): void => {
  for (let left = seconds; left > 0; left -= 5) step(supply, car, Math.min(5, left))
}

const step = (supply: Supply, car: Car | undefined, seconds: number): void => {
  const wantedW =
    supply.contactor === 'closed' && car
      ? Math.min(appetiteW(car, supply), supply.maxPowerW, supply.limitW ?? Number.POSITIVE_INFINITY)
      : 0
  const before = supply.powerW
  const reachable = before + (supply.dc ? rampWPerS.dc : rampWPerS.ac) * seconds
  // Down is immediate, up takes its time.
  supply.powerW = Math.min(wantedW, reachable)
  const meanW = before < supply.powerW ? (before + supply.powerW) / 2 : supply.powerW
  const energyWh = (meanW * seconds) / 3600
  supply.registerWh += energyWh
  if (car) fill(car, energyWh)
}

/** Volts and amperes of each phase for the power that flows, with the small unrest real grids have. */
export const phasesOf = (
  supply: Supply,
  random: () => number = Math.random,
): readonly {
  readonly name: 'L1' | 'L2' | 'L3'
  readonly volts: number
  readonly amperes: number
  readonly watts: number
}[] =>
  (['L1', 'L2', 'L3'] as const).slice(0, supply.phases).map((name) => {
    const volts = 230 + (random() - 0.5) * 4
    const watts = supply.powerW / supply.phases
    return { name, volts, amperes: watts / volts, watts }
  })
