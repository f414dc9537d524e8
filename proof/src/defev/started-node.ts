import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ChainAddresses } from '@werenode/chain'
import type { Hex } from '@werenode/core'
import type { BrowserContext } from 'playwright-core'
import { choosePort } from '../../../apps/cli/src/node/ports.ts'
import { atLeast, equals, type Figures } from '../figures.ts'
import { type Eye, reader } from './screen.ts'
import { createTestWallet } from './wallet.ts'

const main = resolve(import.meta.dirname, '..', '..', '..', 'apps', 'cli', 'src', 'main.ts')
const host = '127.0.0.1'
/** A busy machine is no failure. */
const patienceMs = 300_000

/** `werenode start --operator-node` as an operator starts it, with the demo's stations and DEFev on its own port, on data and ports of its own. */
const startOperatorNode = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'werenode-operator-node-'))
  const data = join(folder, 'data')
  const names = ['port', 'ocpp-port', 'mqtt-port', 'rpc-port', 'admin-port', 'defev-port'] as const
  const ports = {} as Record<(typeof names)[number], number>
  for (const name of names) ports[name] = await choosePort(0, host)
  const flags = names.flatMap((name) => [`--${name}`, String(ports[name])])
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', main, 'start', '--operator-node', '--data', data, ...flags],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-5_000)
    })
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    const hurry = setTimeout(() => child.kill('SIGKILL'), 20_000)
    await gone
    clearTimeout(hurry)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  const appUrl = `http://${host}:${ports['defev-port']}/`
  const answers = (url: string): Promise<boolean> =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
  for (const end = Date.now() + patienceMs; !(await answers(appUrl)); ) {
    if (child.exitCode !== null || Date.now() > end) {
      await stop()
      throw new Error(`The operator node did not come to serve DEFev:\n${said}`)
    }
    await new Promise((done) => setTimeout(done, 300))
  }
  return {
    appUrl,
    wallet: {
      rpcUrl: `http://${host}:${ports['rpc-port']}`,
      funderKey: readFileSync(join(data, 'chain', 'funder.key'), 'utf8').trim() as Hex,
      addresses: JSON.parse(readFileSync(join(data, 'addresses.json'), 'utf8')) as ChainAddresses,
    },
    /** Whether anything of an API is there: an answer at its door, a folder of its files. */
    apiTraces: async (): Promise<readonly string[]> => [
      ...((await answers(`http://${host}:${ports.port}/v1`)) ? ['an answer at its door'] : []),
      ...readdirSync(data).filter((name) => /api|photo|document/i.test(name)),
      ...(existsSync(join(data, 'operator', 'key.json')) ? ['the key of who runs an API'] : []),
    ],
    stop,
  }
}

/** A driver charges and pays at a node that was started by the command an operator types: manager, OCPP, MQTT and chain alone. */
export const chargeAtStartedNode = async (deps: {
  readonly newContext: () => Promise<BrowserContext>
  readonly eye: Eye
  readonly report: (text: string) => void
  readonly allow: (url: string) => void
}): Promise<Figures> => {
  const node = await startOperatorNode()
  try {
    for (const url of [node.appUrl, node.wallet.rpcUrl]) deps.allow(url)
    deps.report(`an operator node was started; DEFev is at ${node.appUrl}`)
    const wallet = await createTestWallet(node.wallet)
    const context = await deps.newContext()
    await wallet.install(context)
    const page = await context.newPage()
    const { says, status, steps, connect } = reader(page)
    await page.goto(`${node.appUrl}#/account`)
    await connect()
    await page.getByRole('button', { name: 'Get 100 test euro' }).click()
    await says('Done: €100.00.')
    await page.goto(`${node.appUrl}#/`)
    await page.locator('[data-evse="FR*WRN*E000003"]').waitFor({ timeout: patienceMs })
    const plugs = await page.locator('[data-evse]').count()
    await page.locator('[data-evse="FR*WRN*E000003"]').click()
    await page.locator('[data-after]').waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Sign and open' }).click()
    await status('Started')
    await page.getByRole('button', { name: 'Stop charging' }).click()
    await status('Proposed')
    await page.getByRole('button', { name: 'Agree and settle now' }).click()
    await status('Settled')
    await deps.eye.look(page, 'started-node-settled')
    const gone = await steps()
    await context.close()
    deps.report('charged at a node that was started by its command')
    return {
      'werenode start --operator-node: plugs found on its chain': atLeast(plugs, 5),
      'werenode start --operator-node: open, charge, stop, settle': equals(
        gone,
        'SessionOpened SessionStarted StopRequested SessionProposed SessionSettled',
      ),
      'werenode start --operator-node: traces of an API': equals((await node.apiTraces()).join(' ') || 'none', 'none'),
    }
  } finally {
    await node.stop()
  }
}
