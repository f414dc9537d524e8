/** A server process of its own for kill tests: starts the chain in the folder given and tells the door's address. */
import pino from 'pino'
import { startEmbeddedChain } from '../embedded-chain.ts'

const [folder, snapshotEvery] = process.argv.slice(2)
const chain = await startEmbeddedChain({
  folder: folder!,
  blockIntervalMs: 50,
  snapshotEvery: Number(snapshotEvery),
  log: pino({ level: 'warn' }, pino.destination(2)),
})
process.stdout.write(
  `${JSON.stringify({ rpcUrl: chain.trustedRpcUrl, nodePid: chain.status().nodePid, funderKey: chain.funder.privateKey })}\n`,
)
