import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import { root } from '../node/folders.ts'
import type { BuiltApp } from './list.ts'
import { stampOfSources } from './stamp.ts'

export interface AppBuild {
  /** `known`: what stands there is of these sources. `failed`: the log says why; what stood there before is still served. */
  readonly done: Promise<'known' | 'built' | 'failed' | 'stopped'>
  stop(): void
}

const stampName = 'sources.stamp'

/** Whether an app stands there, of whatever sources. */
export const isBuilt = (app: BuiltApp): boolean => existsSync(join(app.folder, stampName))

/**
 * Installs and builds an app behind the running server, in processes of lower priority, into a folder beside the one that is served; the
 * finished one takes its place at once. Nothing is done when its sources are those of the last build.
 */
export const buildApp = (app: BuiltApp, { log }: { readonly log: Logger }): AppBuild => {
  let child: ChildProcess | undefined
  let stopped = false

  const run = (command: string, args: readonly string[], cwd: string): Promise<boolean> =>
    new Promise((resolve) => {
      if (stopped) return resolve(false)
      child = spawn(command, args, {
        cwd,
        stdio: ['ignore', 'pipe', 'pipe'],
        // A group of its own: what it starts ends with it, and Ctrl-C reaches us alone.
        detached: true,
        env: {
          ...process.env,
          CI: '1',
          NO_COLOR: '1',
          NODE_ENV: 'production',
          PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
        },
      })
      if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
      let said = ''
      const take = (chunk: Buffer): void => {
        said = (said + chunk.toString()).slice(-4_000)
      }
      child.stdout?.on('data', take)
      child.stderr?.on('data', take)
      child.once('error', (error) => {
        log.error({ err: error }, `${app.title} could not be built`)
        resolve(false)
      })
      child.once('close', (code) => {
        if (code !== 0 && !stopped) log.error({ code, said }, `${app.title} could not be built`)
        // Some tools end well when they are told to stop; what they left is half an app.
        resolve(code === 0 && !stopped)
      })
    })

  const build = async (): Promise<'known' | 'built' | 'failed' | 'stopped'> => {
    const stamp = await stampOfSources(root, [app.source, ...app.madeOf])
    const known = await readFile(join(app.folder, stampName), 'utf8').catch(() => '')
    if (known === stamp) return 'known'
    const pnpm = process.env.WERENODE_PNPM
    if (!existsSync(join(root, app.source, 'node_modules'))) {
      if (pnpm === undefined) return 'failed'
      // The server's own packages are named too, so that none of them is taken away under it.
      const filters = ['--filter', '@werenode/cli...', '--filter', `${app.name}...`]
      const flags = ['install', '--frozen-lockfile', '--prod', '--reporter=append-only']
      if (!(await run(pnpm, [...filters, ...flags], root))) return stopped ? 'stopped' : 'failed'
    }
    const fresh = `${app.folder}.new`
    await rm(fresh, { recursive: true, force: true })
    await mkdir(dirname(app.folder), { recursive: true })
    const args = ['--disable-warning=ExperimentalWarning', app.program, fresh]
    if (!(await run(process.execPath, args, join(root, app.source)))) return stopped ? 'stopped' : 'failed'
    await writeFile(join(fresh, stampName), stamp)
    const old = `${app.folder}.old`
    await rm(old, { recursive: true, force: true })
    if (existsSync(app.folder)) await rename(app.folder, old)
    await rename(fresh, app.folder)
    await rm(old, { recursive: true, force: true })
    return 'built'
  }

  return {
    done: build().catch((error: unknown) => {
      log.error({ err: error }, `${app.title} could not be built`)
      return 'failed' as const
    }),
    stop() {
      stopped = true
      if (child?.pid === undefined || child.exitCode !== null) return
      try {
        process.kill(-child.pid, 'SIGTERM')
      } catch {
        // It ended by itself in this moment.
      }
    },
  }
}
