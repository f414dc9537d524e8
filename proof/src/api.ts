import { proveApi } from '../../services/api/proof/api.ts'
import { openDurableHouse } from './durable-house.ts'
import type { Proof } from './figures.ts'

/** CPU per request of list, search and session routes over 30,000 EVSEs, against a bare Fastify route with the same store call. */
const api: Proof = async ({ long, report }) => {
  const { store, bus, close } = await openDurableHouse()
  try {
    return await proveApi({ store, bus, report, long })
  } finally {
    await close()
  }
}

export default api
