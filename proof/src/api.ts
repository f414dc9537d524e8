import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInProcessBus } from '@werenode/bus'
import { openSqliteStore } from '@werenode/store'
import { proveApi } from '../../services/api/proof/api.ts'
import type { Proof } from './figures.ts'

/** CPU per request of list, search and session routes over 30,000 EVSEs, against a bare Fastify route with the same store call. */
const api: Proof = async ({ long, report }) => {
  const folder = await mkdtemp(join(tmpdir(), 'werenode-proof-api-'))
  const store = await openSqliteStore({ folder })
  const bus = await createInProcessBus({ store, clock: () => new Date() })
  try {
    return await proveApi({ store, bus, report, long })
  } finally {
    await bus.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export default api
