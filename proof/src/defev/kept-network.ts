import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { ChainAddresses } from '@werenode/chain'
import { type BareWorld, openBareWorld } from '../../../apps/cli/proof/bare-world.ts'
import { registerCrowd } from './crowd.ts'

const unpack = promisify(gunzip)
const bytecode = join(import.meta.dirname, '..', '..', '..', 'packages', 'chain', 'src', 'bytecode')
/** Prices stand for twenty days from when they were set. */
const mostAgeMs = 15 * 86_400_000

/** Of which contracts and which crowd a dump is. */
const nameOf = async (count: number): Promise<string> => {
  const hash = createHash('sha256').update(String(count))
  hash.update(await readFile(join(import.meta.dirname, 'crowd.ts')))
  for (const name of (await readdir(bytecode)).sort()) hash.update(await readFile(join(bytecode, name)))
  return hash.digest('hex').slice(0, 16)
}

/** Asks the node for what takes it longer than a client usually waits: a large block, the whole chain. */
const patiently = async (rpcUrl: string, method: string): Promise<string> => {
  const answer = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: [] }),
    signal: AbortSignal.timeout(280_000),
  })
  const { result, error } = (await answer.json()) as { result?: string; error?: { message: string } }
  if (result === undefined) throw new Error(`The node did not do ${method}: ${error?.message}`)
  return result
}

/** The whole chain, gzip. */
const dumpOf = async (rpcUrl: string): Promise<Buffer> =>
  Buffer.from((await patiently(rpcUrl, 'anvil_dumpState')).slice(2), 'hex')

/**
 * A chain with so many EVSEs on it. Registering them takes minutes, so that the chain is dumped once per machine, outside the repository
 * (`XDG_CACHE_HOME` or `~/.cache`, `werenode/proof`), and taken from there the next time. `registeredMs` is undefined then.
 */
export const openKeptNetwork = async (
  count: number,
  report: (text: string) => void,
): Promise<{ readonly world: BareWorld; readonly registeredMs: number | undefined; close(): Promise<void> }> => {
  const shelf = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'werenode', 'proof')
  const file = join(shelf, `network-${await nameOf(count)}.json.gz`)
  const beside = file.replace('.json.gz', '.addresses.json')
  const age = await stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => Number.POSITIVE_INFINITY,
  )
  if (age < mostAgeMs) {
    const folder = mkdtempSync(join(tmpdir(), 'werenode-network-'))
    const stateFile = join(folder, 'state.json')
    await writeFile(stateFile, await unpack(await readFile(file)))
    const kept = JSON.parse(await readFile(beside, 'utf8')) as ChainAddresses
    const world = await openBareWorld({ stateFile, addresses: { ...kept, fromBlock: 0n } })
    report(`${count} EVSEs on a chain kept from before`)
    return {
      world,
      registeredMs: undefined,
      close: async () => {
        await world.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  }
  const world = await openBareWorld()
  try {
    const begun = performance.now()
    const { operatorRegistry, evseRegistry, tokens } = world.addresses
    // The node hashes all that is stored for every block: few large ones, and none but those.
    await world.rpc('evm_setBlockGasLimit', ['0x77359400'])
    await world.rpc('evm_setAutomine', [false])
    await registerCrowd({
      ...{ rpcUrl: world.rpcUrl, key: world.funderKey, count, report },
      addresses: { operatorRegistry, evseRegistry, token: tokens[0]!.address },
      mine: async () => {
        await patiently(world.rpcUrl, 'evm_mine')
      },
    })
    const registeredMs = Math.round(performance.now() - begun)
    report(`registered and priced in ${registeredMs} ms`)
    await world.rpc('evm_setAutomine', [true])
    const dump = await dumpOf(world.rpcUrl)
    report(`dumped after ${Math.round(performance.now() - begun)} ms: ${dump.length} bytes`)
    await mkdir(shelf, { recursive: true })
    const { fromBlock: _, ...addresses } = world.addresses
    await writeFile(beside, JSON.stringify(addresses))
    await writeFile(`${file}.new`, dump)
    await rename(`${file}.new`, file)
    return { world, registeredMs, close: () => world.close() }
  } catch (error) {
    await world.close()
    throw error
  }
}
