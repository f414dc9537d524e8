import { proveOcpi } from '../../services/ocpi/proof/ocpi.ts'
import { findOtherEngine } from '../../services/ocpi/proof/pricing/other-engine.ts'
import { provePricing } from '../../services/ocpi/proof/pricing/prove-pricing.ts'
import { proveWithinASecond } from '../../services/ocpi/proof/within-a-second.ts'
import { openDurableHouse } from './durable-house.ts'
import { atMost, equals, type Figures, type Proof, told } from './figures.ts'
import { proveKills } from './ocpi-kill.ts'

/**
 * CPU per roaming object pulled and pushed, against a bare Fastify handler with the same schema and the same store work; statuses and
 * tariffs within a second; prices beside another engine's, where it is installed; the long one also
 * kills two whole nodes in the middle of registration and of pushes.
 */
const ocpi: Proof = async ({ long, report }) => {
  const { store, bus, close } = await openDurableHouse()
  try {
    const figures = {
      ...(await proveOcpi({ store, bus, report, long })),
      ...(await proveSharing(report, long)),
      ...(await provePrices(report, long)),
    }
    return long ? { ...figures, ...(await proveKills(report)) } : figures
  } finally {
    await close()
  }
}

/** Real-time sharing: a second from our catalogue to the partner's. One slow write of a loaded disk is no rule, so the 99th of 100 is held to it. */
const proveSharing = async (report: (text: string) => void, long: boolean): Promise<Figures> => {
  const seen = await proveWithinASecond({
    open: openDurableHouse,
    report,
    rounds: long ? 50 : 8,
    changes: long ? 100 : 20,
  })
  return {
    'a status reaches a partner, ms (p50)': told(seen.statuses.p50Ms),
    [`a status reaches a partner, ms (p99 of ${seen.statuses.count})`]: atMost(seen.statuses.p99Ms, 1_000),
    'a tariff reaches a partner, ms (p50)': told(seen.tariffs.p50Ms),
    [`a tariff reaches a partner, ms (p99 of ${seen.tariffs.count})`]: atMost(seen.tariffs.p99Ms, 1_000),
    'places right at a partner that was away': equals(seen.caughtUp, seen.places),
    'the partner that was away has caught up after, ms': told(seen.caughtUpMs),
  }
}

/** A sample of `ocpi-pricing`; where the other engine is missing the figure says so, and that proof is skipped. */
const provePrices = async (report: (text: string) => void, long: boolean): Promise<Figures> => {
  const other = findOtherEngine()
  return 'missing' in other
    ? { 'pricing, the other engine': told(`not here: ${other.missing}`) }
    : provePricing({ path: other.path, cases: long ? 3_000 : 150, report })
}

export default ocpi
