import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import getPort from 'get-port'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually, startNode, type TestNode } from './node.ts'
import { cpoParty } from './samples.ts'

/** SIGKILL between any two lines that matter: the process that comes after goes on, nothing is lost, nobody is locked out. */
let node: TestNode
let folder: string
const children: ChildProcess[] = []
beforeAll(async () => {
  node = await startNode(cpoParty)
  folder = await mkdtemp(join(tmpdir(), 'ocpi-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const { id, state } of await node.ocpi.partners.list())
    if (state !== 'unregistered') await node.ocpi.partners.remove(id)
})
afterAll(async () => {
  await node?.stop()
  await rm(folder, { recursive: true, force: true })
})

const run = (args: readonly string[]) => {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'killed-node.ts'), ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  children.push(child)
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)))
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (text) => String(text).includes('ready') && resolve())
    child.once('exit', (code, signal) => reject(new Error(`It ended with ${code ?? signal}`)))
  })
  ready.catch(() => undefined)
  return { ended, ready }
}

describe('a node that is killed', () => {
  it.each(['ocpi.register.beforePost', 'ocpi.register.afterPost', 'ocpi.register.stored', 'ocpi.outbox.sent'])(
    'at %s goes on where it was',
    async (point) => {
      const { id, url, token } = await node.ocpi.partners.invite('Killed')
      const args = (at: string) => [join(folder, `${point}.db`), String(port), at, url, token]
      const port = await getPort({ host: '127.0.0.1' })
      expect(await run(args(point)).ended).toBe('SIGKILL')
      await run(args('none')).ready
      expect(await node.ocpi.partners.get(id)).toMatchObject({ state: 'registered' })
      const held = await eventually(async () => {
        const cards = await Promise.all(
          [1, 2, 3, 4, 5].map((i) => node.ocpi.object(id, 'tokens', `DE|ABC|CARD-${i}|RFID`)),
        )
        return cards.every((card) => card !== undefined) && cards
      })
      expect(held).toHaveLength(5)
      expect(await node.ocpi.pull(id, 'tokens')).toMatchObject({ objects: 5, changed: 0 })
    },
    120_000,
  )
})
