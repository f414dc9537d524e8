import { describe } from 'vitest'
import { concurrencyContract } from './contract/concurrency.ts'
import { documentContract } from './contract/documents.ts'
import { filterContract } from './contract/filters.ts'
import type { OpenStore } from './contract/opened.ts'
import { pagingContract } from './contract/paging.ts'
import { placeContract } from './contract/places.ts'
import { seriesContract } from './contract/series.ts'
import { wordContract } from './contract/words.ts'

export { blobContract, type OpenedBlobs } from './contract/blobs.ts'
export { type KilledStore, storeKillContract } from './contract/kill.ts'
export type { OpenedStore, OpenStore } from './contract/opened.ts'

/**
 * What every adapter of the store port must do. `open` gives an empty store; `reopen` closes it and opens the same data again. `timeoutMs`: each test's.
 *
 *   storeContract('SQLite', async () => ({ store, reopen, close }))
 */
export const storeContract = (name: string, open: OpenStore, { timeoutMs = 60_000 } = {}): void => {
  describe(`store contract: ${name}`, { timeout: timeoutMs }, () => {
    documentContract(open)
    filterContract(open)
    pagingContract(open)
    placeContract(open)
    wordContract(open)
    seriesContract(open)
    concurrencyContract(open)
  })
}
