/** A car at the plug. Powers in W, energies in Wh. */
export interface Car {
  readonly batteryWh: number
  /** Grows while it charges. */
  socPercent: number
  readonly targetSocPercent: number
  /** Most its on-board charger takes from each AC phase. */
  readonly maxAcPerPhaseW: number
  readonly phases: 1 | 3
  readonly maxDcW: number
}

export type CarOptions = Partial<Omit<Car, 'phases'>> & { readonly phases?: 1 | 3 }

/** A middle-class car of 2024 unless told otherwise. */
export const createCar = (options: CarOptions = {}): Car => ({
  batteryWh: 58_000,
  socPercent: 30,
  targetSocPercent: 80,
  maxAcPerPhaseW: 3_680,
  phases: 3,
  maxDcW: 120_000,
  ...options,
})

/** What the car would take now: flat on AC up to 97 %, tapering on DC from 50 % as lithium cells ask for. */
export const appetiteW = (car: Car, supply: { readonly dc: boolean; readonly phases: 1 | 3 }): number => {
  if (car.socPercent >= car.targetSocPercent) return 0
  if (!supply.dc) {
    const full = car.maxAcPerPhaseW * Math.min(car.phases, supply.phases)
    return car.socPercent < 97 ? full : full * Math.max(0.1, (100 - car.socPercent) / 3)
  }
  const { socPercent } = car
  if (socPercent < 8) return car.maxDcW * 0.6
  if (socPercent < 50) return car.maxDcW
  if (socPercent < 80) return car.maxDcW * (1 - ((socPercent - 50) / 30) * 0.6)
  return car.maxDcW * Math.max(0.05, 0.4 - ((socPercent - 80) / 20) * 0.35)
}

/** Nine tenths and a little arrive in the battery. */
const efficiency = 0.92

export const fill = (car: Car, energyWh: number): void => {
  car.socPercent = Math.min(100, car.socPercent + ((energyWh * efficiency) / car.batteryWh) * 100)
}
