import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { proveApi } from '../../services/api/proof/api.ts'
import { fuzzNode } from './api-judges/fuzz-node.ts'
import { judgePapers } from './api-judges/papers.ts'
import { openDurableHouse } from './durable-house.ts'
import { EquipmentMissing, type Figures, type Proof, told } from './figures.ts'

/** Examples of each operation and kind of input. */
const examples = 10

/** What judges of others say, where they can be had: said in words where not. */
const judged = async (name: string, judge: () => Promise<Figures>): Promise<Figures> => {
  try {
    return await judge()
  } catch (error) {
    if (!(error instanceof EquipmentMissing)) throw error
    return { [name]: told(`skipped: ${error.message}`) }
  }
}

/**
 * CPU per request of list, search and session routes over 30,000 EVSEs, against a bare Fastify route with the same store call. `--long`
 * also lets schemathesis loose on a whole node, and holds invoices against Factur-X.
 */
const api: Proof = async ({ long, report }) => {
  const { store, bus, close } = await openDurableHouse()
  let figures: Figures
  try {
    figures = await proveApi({ store, bus, report, long })
  } finally {
    await close()
  }
  if (!long) return figures
  const tools = join(tmpdir(), 'werenode-proof-tools')
  return {
    ...figures,
    ...(await judged('factur-x', () => judgePapers(tools, report))),
    ...(await judged('schemathesis', () => fuzzNode(tools, report, examples))),
  }
}

export default api
