import { proveOcpi } from '../../services/ocpi/proof/ocpi.ts'
import { openDurableHouse } from './durable-house.ts'
import type { Proof } from './figures.ts'
import { proveKills } from './ocpi-kill.ts'

/**
 * CPU per roaming object pulled and pushed, against a bare Fastify handler with the same schema and the same store work; the long one also
 * kills two whole nodes in the middle of registration and of pushes.
 */
const ocpi: Proof = async ({ long, report }) => {
  const { store, bus, close } = await openDurableHouse()
  try {
    const figures = await proveOcpi({ store, bus, report, long })
    return long ? { ...figures, ...(await proveKills(report)) } : figures
  } finally {
    await close()
  }
}

export default ocpi
