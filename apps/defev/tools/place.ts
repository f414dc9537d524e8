import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { DeploymentFile } from '@werenode/chain'

type Placed = Pick<DeploymentFile, 'rpcUrls' | 'walletConnectProjectId'>

const marker = /(<meta\s+http-equiv="Content-Security-Policy"\s+content=")([^"]*)(")/

/** Where wallets on other devices meet a page: reached only by copies whose owner set a project id. */
const walletConnectRelay = 'wss://relay.walletconnect.org'

/** What a copy may do: run its own files, and ask its own host and these nodes; the relay of WalletConnect where it is configured. */
export const policyOf = ({ rpcUrls, walletConnectProjectId }: Placed): string => {
  const origins = new Set(rpcUrls.map((url) => new URL(url).origin))
  if (walletConnectProjectId !== undefined) origins.add(walletConnectRelay)
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${[...origins].join(' ')}`,
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** The built page for one place: its policy names the nodes of the deployment. */
export const pageFor = (html: string, deployment: Placed): string => {
  if (!marker.test(html)) throw new Error('The page has no Content-Security-Policy to place')
  return html.replace(
    marker,
    (_, before: string, __: string, after: string) => `${before}${policyOf(deployment)}${after}`,
  )
}

/**
 * Makes a copy of the built app for one deployment: the same files, its `deployment.json`, and a page whose policy names its nodes. What
 * comes out is static: any host, any path, IPFS.
 */
export const placeDefev = async (built: string, out: string, deployment: DeploymentFile): Promise<void> => {
  const fresh = `${out}.placing`
  await rm(fresh, { recursive: true, force: true })
  await cp(built, fresh, { recursive: true })
  const page = join(fresh, 'index.html')
  await writeFile(page, pageFor(await readFile(page, 'utf8'), deployment))
  await writeFile(join(fresh, 'deployment.json'), `${JSON.stringify(deployment, null, 2)}\n`)
  await rm(out, { recursive: true, force: true })
  await rename(fresh, out)
}

if (process.argv[1] === import.meta.filename) {
  const [built, out, file] = process.argv.slice(2)
  if (built === undefined || out === undefined || file === undefined) {
    console.error('node tools/place.ts BUILT OUT deployment.json')
    process.exitCode = 2
  } else await placeDefev(resolve(built), resolve(out), JSON.parse(await readFile(file, 'utf8')) as DeploymentFile)
}
