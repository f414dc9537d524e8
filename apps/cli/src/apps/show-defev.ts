import type { Logger } from 'pino'
import type { EmbeddedChain } from '../chain/embedded-chain.ts'
import type { Parts } from '../node/parts.ts'
import type { Screen } from '../terminal/screen.ts'
import { buildApp } from './build-app.ts'
import { defev, placeDefev } from './defev.ts'
import { startStaticHost } from './static-host.ts'

/**
 * The app that needs no server, on a port of its own: a host of static files, and a copy of the app that knows this node's chain alone.
 * The port answers at once; until the app is built it says so.
 */
export const showDefev = async (
  parts: Parts,
  deps: {
    readonly screen: Screen
    readonly log: Logger
    readonly host: string
    readonly port: number
    readonly folder: string
    readonly chain: Pick<EmbeddedChain, 'trustedRpcUrl' | 'rpcUrl' | 'funder'>
  },
): Promise<void> => {
  const { screen, log, host, port, folder, chain } = deps
  const { paint, glyphs, print } = screen
  let placed: string | undefined
  await parts.add('DEFev', async () => {
    const part = await startStaticHost({ port, host, folder: () => placed })
    return { part, stop: part.stop }
  })
  const build = await parts.add('build of DEFev', async () => {
    const part = buildApp(defev, { log })
    return { part, stop: async () => part.stop() }
  })
  const outcome = await build.done
  if (outcome === 'stopped') return
  try {
    if (outcome === 'failed') throw new Error('it was not built')
    placed = await placeDefev({ chain, folder })
    const url = `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}/`
    print(
      `  ${paint.positive(glyphs.check)} DEFev at ${paint.accent(url)} ${paint.muted('(needs no server but the chain)')}`,
    )
  } catch (error) {
    log.error({ err: error }, 'DEFev could not be served')
    print(`  ${paint.warning(glyphs.warning)} DEFev could not be built; the log says why. Everything else runs.`)
  }
}
