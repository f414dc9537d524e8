import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { equals, type Figures, told } from './figures.ts'
import { freePorts } from './free-ports.ts'

const script = fileURLToPath(new URL('../../apps/cli/proof/roaming-node.ts', import.meta.url))
const cards = 10
const kills = 6

interface Killable {
  readonly party: string
  start(killAt?: string): Promise<boolean>
  /** Rejects when the node dies before it answers. */
  tell<T>(order: object): Promise<T>
  kill(): Promise<void>
  died(): Promise<void>
  bury(): Promise<void>
}

/** A whole node as a process that is killed and started again on the same folder and ports. */
const killable = async (folder: string, party: string): Promise<Killable> => {
  const ports = await freePorts(5)
  let child: ChildProcess | undefined
  let exited: Promise<void> = Promise.resolve()
  let last = 0
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()

  return {
    party,
    start: async (killAt) => {
      const args = ['--disable-warning=ExperimentalWarning', script, folder, party, ...ports.map(String)]
      const env = { ...process.env, ...(killAt === undefined ? {} : { WERENODE_KILL_AT: killAt }) }
      const started = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env })
      child = started
      // What was on its way to a process that dies is answered by its exit.
      started.stdin.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') throw error
      })
      exited = new Promise((resolve) =>
        started.once('exit', () => {
          for (const { reject } of waiting.values()) reject(new Error(`${party} died`))
          waiting.clear()
          resolve()
        }),
      )
      return new Promise<boolean>((resolve) => {
        createInterface({ input: started.stdout }).on('line', (line) => {
          const said = JSON.parse(line) as { ready?: true; nr?: number; answer?: never; error?: string }
          if (said.ready) return resolve(true)
          const one = waiting.get(said.nr!)
          waiting.delete(said.nr!)
          if (said.error === undefined) one?.resolve(said.answer as never)
          else one?.reject(new Error(said.error))
        })
        void exited.then(() => resolve(false))
      })
    },
    tell: <T>(order: object) =>
      new Promise<T>((resolve, reject) => {
        if (child === undefined || child.exitCode !== null || child.signalCode !== null)
          return reject(new Error(`${party} is dead`))
        last += 1
        waiting.set(last, { resolve: resolve as never, reject })
        child.stdin!.write(`${JSON.stringify({ nr: last, order })}\n`)
      }),
    kill: async () => {
      child?.kill('SIGKILL')
      await exited
    },
    died: () => exited,
    bury: async () => {
      child?.kill('SIGKILL')
      await exited
      // The chain's process outlives its node; the next start would end it.
      const note = join(folder, 'chain', 'processes.json')
      if (!existsSync(note)) return
      const { anvil } = JSON.parse(readFileSync(note, 'utf8')) as { anvil?: { pid: number } }
      const line = anvil === undefined ? undefined : `/proc/${anvil.pid}/cmdline`
      if (line !== undefined && existsSync(line) && readFileSync(line, 'utf8').includes(folder))
        process.kill(anvil!.pid, 'SIGKILL')
    },
  }
}

interface Seen {
  readonly id: string
  readonly state: string
}

/** SIGKILL over two whole nodes: in the middle of registration, on both sides, and of pushes. Nothing lost, nothing out of order. */
export const proveKills = async (report: (text: string) => void): Promise<Figures> => {
  const folder = mkdtempSync(join(tmpdir(), 'werenode-roaming-kill-'))
  const one = await killable(join(folder, 'one'), 'FR*WRN')
  const other = await killable(join(folder, 'other'), 'NL*TWO')
  let deaths = 0
  try {
    const points = [
      [one, 'ocpi.register.beforePost'],
      [one, 'ocpi.register.afterPost'],
      [one, 'ocpi.register.stored'],
      [other, 'ocpi.receive.stored'],
    ] as const
    await Promise.all([one.start(`${points[0][1]}:1`), other.start()])
    const state = async (node: Killable, id?: string): Promise<Seen | undefined> =>
      (await node.tell<readonly Seen[]>({ do: 'partners' })).find(
        (partner) => (id === undefined || partner.id === id) && partner.state !== 'unregistered',
      )
    const registered = async (id: string): Promise<string> => {
      const [here, there] = await Promise.all([state(one), state(other, id)])
      return here?.state === 'registered' && there?.state === 'registered' ? here.id : ''
    }

    let locked = 0
    let otherAtOne = ''
    let oneAtOther = ''
    for (const [victim, point] of points) {
      report(`registration, ${victim.party} dies at ${point}`)
      if (otherAtOne !== '') {
        await one.tell({ do: 'remove', id: otherAtOne })
        await until(async () => (await state(other)) === undefined)
        await victim.kill()
        await victim.start(`${point}:1`)
      }
      const invitation = await other.tell<{ id: string; url: string; token: string }>({ do: 'invite' })
      oneAtOther = invitation.id
      const add = { do: 'add', url: invitation.url, token: invitation.token }
      // It fails on either side: by its own death, or by that of the other.
      await one.tell(add).catch((error: unknown) => report(String(error)))
      await victim.died()
      deaths += 1
      await victim.start()
      // A person tries again what the other's death has broken off; what was broken off here goes on by itself.
      if (victim === other && (await registered(oneAtOther)) === '')
        await one.tell(add).catch((error: unknown) => report(String(error)))
      otherAtOne = (await until(() => registered(oneAtOther), 60_000)) ?? ''
      if (otherAtOne === '') locked += 1
    }

    report('pushes')
    let version = 0
    let backwards = 0
    const best = Array.from({ length: cards }, () => 0)
    const look = async (): Promise<readonly number[]> => {
      const held = await other.tell<number[]>({ do: 'held', id: oneAtOther, owner: one.party, count: cards })
      for (const [nr, seen] of held.entries()) {
        if (seen < best[nr]!) backwards += 1
        best[nr] = Math.max(best[nr]!, seen)
      }
      return held
    }
    const put = async (): Promise<void> => {
      version += 1
      await Promise.all(best.map((_, nr) => one.tell({ do: 'put', nr, version })))
    }
    for (let round = 0; round < kills; round += 1) {
      const victim = round % 2 === 0 ? one : other
      report(`push ${round + 1} of ${kills}, ${victim.party} dies`)
      let alive = true
      const flow = (async () => {
        // What a dying node was told and did not acknowledge may or may not count: the next version decides.
        while (alive)
          await put().catch(() => {
            alive = victim !== one && alive
          })
      })()
      const from = version
      await until(async () => version > from + 20 + round * 7)
      if (victim === one) await look()
      await victim.kill()
      alive = false
      await flow
      deaths += 1
      await victim.start()
    }
    await put()
    const lost = (await until(async () => (await look()).every((seen) => seen === version), 60_000)) === undefined
    const missing = lost ? (await look()).filter((seen) => seen !== version).length : 0
    return {
      'nodes killed': told(deaths),
      'registrations that did not go on': equals(locked, 0),
      'objects lost': equals(missing, 0),
      'objects seen going backwards': equals(backwards, 0),
    }
  } finally {
    await one.bury()
    await other.bury()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** What it finds once it finds something; undefined when it does not in the time. */
const until = async <T>(look: () => Promise<T>, withinMs = 30_000): Promise<T | undefined> => {
  const end = Date.now() + withinMs
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) return undefined
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
