import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { abiHashes, type DeploymentFile } from '@werenode/chain'
import { afterAll, describe, expect, it } from 'vitest'
import { buildDefev } from '../tools/build.ts'
import { folderHash } from '../tools/hash.ts'
import { placeDefev, policyOf } from '../tools/place.ts'

const folder = mkdtempSync(join(tmpdir(), 'defev-build-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = (n: number): `0x${string}` => `0x${String(n).padStart(40, '0')}`
const hash = `0x${'1'.repeat(64)}` as const
const deployment: DeploymentFile = {
  addresses: {
    ...{ chainId: 31337, name: 'local', operatorRegistry: at(1), evseRegistry: at(2), verifier: at(3) },
    ...{ evidenceRules: at(4), escrow: at(5), tokens: [], fromBlock: '0' },
  },
  rpcUrls: ['https://rpc.example.org/v1', 'https://second.example.org'],
  nativeSymbol: 'ETH',
  codeHashes: { ChargeEscrow: hash, EvseRegistry: hash, OperatorRegistry: hash },
  abiHashes,
  testNetwork: false,
}

describe('the build', () => {
  it('gives the same bytes twice, in folders of other names', async () => {
    await buildDefev(join(folder, 'first'))
    await buildDefev(join(folder, 'another-name'))
    const first = await folderHash(join(folder, 'first'))
    console.log(`sha256 of the built app: ${first}`)
    expect(await folderHash(join(folder, 'another-name'))).toBe(first)
  }, 120_000)

  it('names nothing by an absolute path and nothing elsewhere, so that it works below any path and on IPFS', () => {
    const page = readFileSync(join(folder, 'first', 'index.html'), 'utf8')
    const links = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!)
    expect(links.length).toBeGreaterThan(2)
    expect(links.filter((link) => !link.startsWith('./'))).toEqual([])
    expect(page).not.toMatch(/<script(?![^>]*src=)|<style|style="|unsafe-/)
    const assets = readdirSync(join(folder, 'first', 'assets')).map((name) =>
      readFileSync(join(folder, 'first', 'assets', name), 'latin1'),
    )
    // Nothing of the machine it was built on.
    expect(assets.some((text) => text.includes(resolve(import.meta.dirname, '..', '..', '..')))).toBe(false)
  })

  it('is placed for a deployment: its nodes are all the page may ask besides its own host', async () => {
    await placeDefev(join(folder, 'first'), join(folder, 'placed'), deployment)
    const page = readFileSync(join(folder, 'placed', 'index.html'), 'utf8')
    expect(page).toContain("connect-src 'self' https://rpc.example.org https://second.example.org;")
    expect(page).toContain("default-src 'none'; script-src 'self'; style-src 'self';")
    expect(JSON.parse(readFileSync(join(folder, 'placed', 'deployment.json'), 'utf8'))).toEqual(deployment)
  })

  it('lets a page reach WalletConnect’s relay only where a project id is set, and loads the library apart from the page', () => {
    expect(policyOf(deployment)).not.toContain('walletconnect')
    expect(policyOf({ ...deployment, walletConnectProjectId: 'x' })).toContain(
      'https://second.example.org wss://relay.walletconnect.org;',
    )
    const page = readFileSync(join(folder, 'first', 'index.html'), 'utf8')
    const holding = readdirSync(join(folder, 'first', 'assets')).filter((name) =>
      readFileSync(join(folder, 'first', 'assets', name), 'latin1').includes('wss://relay.walletconnect'),
    )
    expect(holding.length).toBeGreaterThan(0)
    expect(holding.filter((name) => page.includes(name))).toEqual([])
  })
})
