import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ChainAddresses, type DeploymentFile, describeDeployment } from '@werenode/chain'
import { deployLocal } from '@werenode/chain/deploy'
import type { Hex } from '@werenode/core'
import { pino } from 'pino'
import { createPublicClient, createWalletClient, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { buildApp } from '../src/apps/build-app.ts'
import { defev } from '../src/apps/defev.ts'
import { startStaticHost } from '../src/apps/static-host.ts'
import { anvilBinary } from '../src/chain/anvil-binary.ts'
import { root } from '../src/node/folders.ts'
import { choosePort } from '../src/node/ports.ts'

const host = '127.0.0.1'
/** The first well-known key of that program: this chain lives for one proof, on loopback. */
const funderKey = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'

/**
 * The app on a chain that can be made to misbehave: a node of its own that mines at once, the contracts, a host of static files, and
 * nobody else. `place` puts copies of the app with other deployments beside each other. `kept`: a chain that was dumped before, and where
 * its contracts are.
 */
export const openBareWorld = async (kept?: { readonly stateFile: string; readonly addresses: ChainAddresses }) => {
  const folder = mkdtempSync(join(tmpdir(), 'werenode-bare-'))
  const rpcPort = await choosePort(0, host)
  const rpcUrl = `http://${host}:${rpcPort}`
  const node = spawn(
    anvilBinary(),
    [
      ...['--host', host, '--port', String(rpcPort), '--chain-id', '31337', '--quiet'],
      ...(kept === undefined ? [] : ['--load-state', kept.stateFile]),
    ],
    { stdio: 'ignore' },
  )
  const ended = new Promise<void>((resolve) => node.once('exit', () => resolve()))
  const client = createPublicClient({ transport: http(rpcUrl), pollingInterval: 50, cacheTime: 0 })
  const until = Date.now() + 60_000
  while (!(await client.getChainId().catch(() => undefined))) {
    if (Date.now() > until) throw new Error('The bare chain did not start within a minute')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const funder = createWalletClient({
    account: privateKeyToAccount(funderKey),
    transport: http(rpcUrl),
    pollingInterval: 50,
  })
  const building = buildApp(defev, { log: pino({ level: process.env.WERENODE_LOG_LEVEL ?? 'silent' }) })
  const addresses: ChainAddresses = kept?.addresses ?? { ...(await deployLocal(funder)), fromBlock: 0n }
  if ((await building.done) === 'failed')
    throw new Error('DEFev could not be built: run `node tools/build.ts` in apps/defev and read why')
  const hosts: { stop: () => Promise<void> }[] = []

  /** A copy for these nodes, on a host of its own. Resolves with its address. */
  const place = async (rpcUrls: readonly string[], more: Partial<DeploymentFile> = {}): Promise<string> => {
    const deployment = await describeDeployment({
      ...{ addresses, rpcUrls, nativeSymbol: 'ETH', testNetwork: true },
      codeAt: (address) => client.getCode({ address }),
    })
    const name = `copy-${hosts.length}`
    const file = join(folder, `${name}.json`)
    await writeFile(file, JSON.stringify({ ...deployment, ...more }))
    const placed = join(folder, name)
    await run([join(root, defev.source, 'tools', 'place.ts'), defev.folder, placed, file])
    const port = await choosePort(0, host)
    hosts.push(await startStaticHost({ port, host, folder: () => placed }))
    return `http://${host}:${port}/`
  }

  return {
    rpcUrl,
    funderKey: funderKey as Hex,
    addresses,
    client,
    funder,
    place,
    policyOf: async (appUrl: string): Promise<string> =>
      /Content-Security-Policy"\s+content="([^"]*)"/.exec(await (await fetch(appUrl)).text())?.[1] ?? '',
    builtFile: (name: string) => readFile(join(defev.folder, name), 'utf8'),
    builtFolder: defev.folder,
    /** What only a node of one's own does: mining by hand, undoing blocks. */
    rpc: (method: string, params: readonly unknown[] = []): Promise<unknown> =>
      client.request({ method, params } as never),
    close: async (): Promise<void> => {
      for (const one of hosts) await one.stop()
      node.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
export type BareWorld = Awaited<ReturnType<typeof openBareWorld>>

const run = (args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000)
    })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`A copy of DEFev was not made: ${said}`))))
  })
