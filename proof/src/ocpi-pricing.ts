import { findOtherEngine } from '../../services/ocpi/proof/pricing/other-engine.ts'
import { provePricing } from '../../services/ocpi/proof/pricing/prove-pricing.ts'
import { EquipmentMissing, type Proof } from './figures.ts'

/** Random tariffs and charges priced by our engine and by one of other hands: to the cent, or a clause says why not. */
const ocpiPricing: Proof = async ({ long, report }) => {
  const other = findOtherEngine()
  if ('missing' in other) throw new EquipmentMissing(other.missing)
  return provePricing({ path: other.path, cases: long ? 10_000 : 1_000, report })
}

export default ocpiPricing
