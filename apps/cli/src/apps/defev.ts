import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeDeployment } from '@werenode/chain'
import { deployLocal } from '@werenode/chain/deploy'
import { createPublicClient, createWalletClient, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { EmbeddedChain } from '../chain/embedded-chain.ts'
import { root } from '../node/folders.ts'
import type { BuiltApp } from './list.ts'

export const defev: BuiltApp = {
  name: '@werenode/defev',
  title: 'DEFev',
  source: 'apps/defev',
  madeOf: [
    'packages/map',
    'packages/design/src',
    'packages/design/tokens.css',
    'packages/chain/src',
    'packages/core/src',
    'pnpm-lock.yaml',
  ],
  program: 'tools/build.ts',
  folder: join(root, '.werenode', 'apps', 'defev'),
}

/** Makes the copy of the built app for this node's chain, beside its data: static files, with nothing of ours behind them. */
export const placeDefev = async (deps: {
  readonly chain: Pick<EmbeddedChain, 'trustedRpcUrl' | 'rpcUrl' | 'funder'>
  /** Data folder. */
  readonly folder: string
}): Promise<string> => {
  const { trustedRpcUrl, rpcUrl, funder } = deps.chain
  const transport = http(trustedRpcUrl)
  const client = createPublicClient({ transport })
  // Everything stands already: this only reads the addresses back.
  const addresses = await deployLocal(
    createWalletClient({ account: privateKeyToAccount(funder.privateKey), transport }),
  )
  const deployment = await describeDeployment({
    addresses: { ...addresses, fromBlock: 0n },
    rpcUrls: [rpcUrl],
    nativeSymbol: 'ETH',
    testNetwork: true,
    codeAt: (address) => client.getCode({ address }),
  })
  const file = join(deps.folder, 'deployment.json')
  await writeFile(file, JSON.stringify(deployment))
  const out = join(deps.folder, 'defev')
  const program = join(root, defev.source, 'tools', 'place.ts')
  const args = ['--disable-warning=ExperimentalWarning', program, defev.folder, out, file]
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000)
    })
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The copy of DEFev was not made: ${said}`)),
    )
  })
  return out
}
