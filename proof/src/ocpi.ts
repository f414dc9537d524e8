import { proveOcpi } from '../../services/ocpi/proof/ocpi.ts'
import { openDurableHouse } from './durable-house.ts'
import type { Proof } from './figures.ts'

/** CPU per roaming object pulled and pushed, against a bare Fastify handler with the same schema and the same store work. */
const ocpi: Proof = async ({ long, report }) => {
  const { store, bus, close } = await openDurableHouse()
  try {
    return await proveOcpi({ store, bus, report, long })
  } finally {
    await close()
  }
}

export default ocpi
