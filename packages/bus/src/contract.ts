import { describe } from 'vitest'
import { commitContract } from './contract/commits.ts'
import { consumeContract } from './contract/consumers.ts'
import type { OpenBus } from './contract/opened.ts'
import { requestContract } from './contract/requests.ts'
import { restartContract } from './contract/restarts.ts'
import { streamContract } from './contract/streams.ts'

export { busKillContract, type KilledBus } from './contract/kill.ts'
export type { OpenBus, OpenedBus } from './contract/opened.ts'

/**
 * What every adapter of the bus port must do. `open` gives a bus on an empty store, with a first retry pause of at most 100 ms;
 * `reopen` closes the bus and opens it again on the same data, as a new start of the process would.
 */
export const busContract = (name: string, open: OpenBus): void => {
  describe(`bus contract: ${name}`, { timeout: 60_000 }, () => {
    requestContract(open)
    commitContract(open)
    consumeContract(open)
    streamContract(open)
    restartContract(open)
  })
}
