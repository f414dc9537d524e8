import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import getPort from 'get-port'
import { MongoClient } from 'mongodb'

/** A server for tests: one named by the environment, or SecantusDB as a process of its own. */
export interface TestServer {
  /** `name` is a database of its own. */
  url(name: string): string
  stop(): Promise<void>
}

/** Where a SecantusDB may lie: `WERENODE_SECANTUS` names its program; it is never part of this repository. */
const secantus = (): string | undefined => {
  const named = process.env.WERENODE_SECANTUS
  if (named !== undefined) return existsSync(named) ? named : undefined
  const usual = join(homedir(), '.cache', 'werenode', 'secantus', 'bin', 'secantusd-py')
  return existsSync(usual) ? usual : undefined
}

export const mongoEquipment = (): 'url' | 'secantus' | undefined =>
  process.env.WERENODE_TEST_MONGO_URL !== undefined ? 'url' : secantus() !== undefined ? 'secantus' : undefined

export const howToEquip =
  'No MongoDB-compatible server: set WERENODE_TEST_MONGO_URL to a replica set, or WERENODE_SECANTUS to the program secantusd-py (docs/deploy.md).'

const answers = async (url: string): Promise<boolean> => {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 500 })
  try {
    await client.db('admin').command({ ping: 1 })
    return true
  } catch {
    return false
  } finally {
    await client.close()
  }
}

const withDatabase = (url: string, name: string): string => {
  const made = new URL(url)
  made.pathname = `/${name}`
  return made.href
}

/** Starts SecantusDB on `folder`, whose data outlive the process; a port of its own choosing unless told. */
export const startSecantus = async (
  folder: string,
  port?: number,
): Promise<TestServer & { readonly port: number; kill(): Promise<void> }> => {
  const program = secantus()
  if (program === undefined) throw new Error(howToEquip)
  const chosen = port ?? (await getPort({ host: '127.0.0.1' }))
  const args = ['--port', String(chosen), '--storage-path', folder, '--log-level', 'ERROR', '--sync-on-commit']
  const child = spawn(program, args, { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await ended
  }
  const base = `mongodb://127.0.0.1:${chosen}/?directConnection=true`
  for (let tries = 0; !(await answers(base)); tries++) {
    if (child.exitCode !== null || tries > 120) throw new Error(`SecantusDB did not start on port ${chosen}`)
    await pause(100)
  }
  return {
    port: chosen,
    url: (name) => withDatabase(base, name),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

export const startTestServer = async (): Promise<TestServer> => {
  const given = process.env.WERENODE_TEST_MONGO_URL
  if (given !== undefined) return { url: (name) => withDatabase(given, name), stop: async () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'werenode-secantus-'))
  const server = await startSecantus(folder)
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A server that belongs to somebody is left as it was found; our own goes with its folder. */
export const dropDatabase = async (url: string): Promise<void> => {
  if (mongoEquipment() !== 'url') return
  const client = new MongoClient(url)
  try {
    await client.db().dropDatabase()
  } finally {
    await client.close()
  }
}
