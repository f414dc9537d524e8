import { measureSettlement } from '../../services/relayer/proof/relayer.ts'
import { anvilKey, startAnvil } from '../../services/relayer/src/testing/anvil.ts'
import { atLeast, type Proof, told } from './figures.ts'

/** Sessions settled per second in batches, against one by one as a plain client would, through the whole relayer on a real chain. */
const relayer: Proof = async ({ long, report }) => {
  const anvil = await startAnvil({ mining: 100 })
  try {
    const { batched, pipelined, oneByOne, ratio } = await measureSettlement({
      rpcUrl: anvil.url,
      funderKey: anvilKey,
      batched: long ? 10_000 : 400,
      pipelined: long ? 2_000 : 60,
      oneByOne: long ? 200 : 15,
      onProgress: report,
    })
    return {
      settledInBatches: atLeast(batched.sessions, long ? 10_000 : 400),
      batchedPerSecond: told(Math.round(batched.perSecond)),
      pipelinedPerSecond: told(Math.round(pipelined.perSecond)),
      oneByOnePerSecond: told(Math.round(oneByOne.perSecond * 10) / 10),
      batchedGasPerSession: told(Math.round(batched.gasPerSession)),
      oneByOneGasPerSession: told(Math.round(oneByOne.gasPerSession)),
      ratio: atLeast(Math.round(ratio * 10) / 10, 20),
    }
  } finally {
    await anvil.kill()
  }
}

export default relayer
