/**
 * What the CO2 figures are made of, shown beside them. Both are rough on purpose: they say an order of magnitude, of the energy alone, not of
 * the car's making.
 */
export interface CarbonAssumptions {
  /** g CO2e per kWh from the socket: the French mix as ADEME's Base Carbone gives it for consumers. */
  readonly gridGramsPerKWh: number
  /** What the car drives on. */
  readonly carWhPerKm: number
  /** A petrol car burning 6.5 l per 100 km at 2.28 kg CO2 a litre. */
  readonly petrolGramsPerKm: number
}

export const carbonAssumptions: CarbonAssumptions = { gridGramsPerKWh: 52, carWhPerKm: 180, petrolGramsPerKm: 148 }

export interface Carbon {
  readonly kg: number
  readonly km: number
  /** Of a petrol car over the same way. */
  readonly petrolKg: number
  readonly savedKg: number
}

export const carbonOf = (energyWh: number, assumed: CarbonAssumptions = carbonAssumptions): Carbon => {
  const kg = (energyWh / 1000) * (assumed.gridGramsPerKWh / 1000)
  const km = energyWh / assumed.carWhPerKm
  const petrolKg = (km * assumed.petrolGramsPerKm) / 1000
  return { kg, km, petrolKg, savedKg: petrolKg - kg }
}
