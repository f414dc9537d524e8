import type { CompiledComponent } from './compile.ts'
import type { Tally } from './tally.ts'
import type { TariffDimension } from './tariff.ts'

/**
 * Billed volumes: what was consumed, with step_size applied once for ENERGY and once for TIME and PARKING_TIME together
 * (OCPI 2.2.1 mod_cdrs, step_size). The total of the dimension, as far as it was priced, is rounded up to whole steps of the
 * component that priced the last of it, and the difference is billed at that component's price. Where parking was priced,
 * only the parking total is rounded: charging was followed by another time based period.
 */
export const billedVolumes = (tally: Tally): ReadonlyMap<CompiledComponent, number> => {
  const billed = new Map(tally.volumes)
  roundUp(billed, tally, 'ENERGY')
  roundUp(billed, tally, tally.last.PARKING_TIME === undefined ? 'TIME' : 'PARKING_TIME')
  return billed
}

const roundUp = (billed: Map<CompiledComponent, number>, tally: Tally, dimension: TariffDimension): void => {
  const component = tally.last[dimension]
  if (component === undefined || component.step === 0) return
  let total = 0
  for (const [other, volume] of tally.volumes) if (other.dimension === dimension) total += volume
  const missing = Math.ceil(total / component.step) * component.step - total
  billed.set(component, billed.get(component)! + missing)
}
