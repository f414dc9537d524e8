import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { DeploymentFile } from '@werenode/chain'
import type { Bus } from '@werenode/core'
import type { EvseManager } from '@werenode/evse-manager'
import type { Relayer } from '@werenode/relayer'
import { type Simulator, spawnSimulator } from '@werenode/simulator'
import { pino } from 'pino'
import { buildApp } from '../src/apps/build-app.ts'
import { defev, placeDefev } from '../src/apps/defev.ts'
import { startStaticHost } from '../src/apps/static-host.ts'
import type { EmbeddedChain } from '../src/chain/embedded-chain.ts'
import { composeNode } from '../src/node/compose.ts'
import { openDataFolder } from '../src/node/folders.ts'
import { demoBook } from '../src/node/operator/demo-book.ts'
import { createParts } from '../src/node/parts.ts'
import { choosePort } from '../src/node/ports.ts'

const lyon = { id: 'WRN-LYON-1', version: '1.6', evses: 2 } as const
const strasbourg = { id: 'WRN-STRASBOURG-1', version: '2.0.1', evses: 2 } as const

/** An operator node with simulated stations and the built app on a host of static files, for a proof: no API anywhere. */
export const openOperatorWorld = async () => {
  const log = pino({ level: process.env.WERENODE_LOG_LEVEL ?? 'silent' })
  const folder = mkdtempSync(join(tmpdir(), 'werenode-defev-'))
  const kept = new Map<string, unknown>()
  const started: string[] = []
  const parts = createParts({ onStarted: (name) => started.push(name) })
  let offsetMs = 0
  const host = '127.0.0.1'
  const port = () => choosePort(0, host)
  const ports = { http: await port(), ocpp: await port(), mqtt: await port(), rpc: await port(), admin: await port() }
  const data = await openDataFolder(join(folder, 'data'), { fresh: false })
  const building = buildApp(defev, { log })
  const node = await composeNode(
    {
      data,
      host,
      ports,
      origin: `http://localhost:${ports.http}`,
      simulate: false,
      plugBook: demoBook(),
      log,
      clock: () => new Date(Date.now() + offsetMs),
      tuning: { manager: { startTimeoutS: 20 } },
    },
    {
      ...parts,
      add: async (name, begin) => {
        const part = await parts.add(name, begin)
        kept.set(name, part)
        return part
      },
    },
  )
  const chain = kept.get('chain') as EmbeddedChain
  const outcome = await building.done
  if (outcome === 'failed')
    throw new Error('DEFev could not be built: run `node tools/build.ts` in apps/defev and read why')
  const placed = await placeDefev({ chain, folder })
  const appPort = await port()
  const { addresses } = JSON.parse(readFileSync(join(placed, 'deployment.json'), 'utf8')) as DeploymentFile
  const app = await startStaticHost({ port: appPort, host, folder: () => placed })
  const passwordFile = join(data.simulator, 'passwords.json')
  const passwords = JSON.parse(readFileSync(passwordFile, 'utf8')) as Record<string, string>
  const simulator: Simulator = await spawnSimulator({
    stations: [lyon, strasbourg].map(({ id, version, evses }) => ({
      id,
      version,
      evses,
      url: node.ocppUrl,
      password: passwords[id]!,
      meterIntervalS: 1,
      plugged: true,
    })),
  })
  for (const { id } of [lyon, strasbourg]) await simulator.waitFor('admitted', (event) => event.station === id, 20_000)

  return {
    appUrl: `http://${host}:${appPort}/`,
    addresses,
    rpcUrl: chain.rpcUrl,
    trustedRpcUrl: chain.trustedRpcUrl,
    funderKey: chain.funder.privateKey,
    bus: kept.get('bus') as Bus,
    parts: started,
    simulator,
    /** Whether anything of the API is there: its part, its door, its tables, its folders. */
    apiTraces: async (): Promise<readonly string[]> => {
      const database = new DatabaseSync(join(data.path, 'store.db'), { readOnly: true })
      const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all()
      database.close()
      const door = await fetch(`http://${host}:${ports.http}/v1/locations`).then(
        () => ['an answer at its door'],
        () => [],
      )
      return [
        ...started.filter((name) => /api|catalogue|roaming/i.test(name)),
        ...tables.map(({ name }) => String(name)).filter((name) => /api_|ocpi_/.test(name)),
        ...readdirSync(data.path).filter((name) => /api|photo|document/i.test(name)),
        ...(existsSync(join(data.path, 'operator', 'key.json')) ? ['the key of who runs an API'] : []),
        ...door,
      ]
    },
    pass: (ms: number) => {
      offsetMs += ms
    },
    offsetMs: () => offsetMs,
    /** The operator is gone for good; the chain is nobody's and stays. */
    vanish: async (): Promise<void> => {
      await (kept.get('EVSE manager') as EvseManager).stop()
      await (kept.get('relayer') as Relayer).stop()
    },
    close: async (): Promise<void> => {
      await simulator.kill()
      await app.stop()
      await parts.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
export type OperatorWorld = Awaited<ReturnType<typeof openOperatorWorld>>
