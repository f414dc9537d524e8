import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import getPort from 'get-port'

const run = promisify(execFile)

/** The library as its authors publish it; never changed, never kept in this repository. */
export const library = { name: 'extrawest-ocpi', version: '2025.7.16' } as const

/** Why the library cannot run here, in words. */
export class NoPython extends Error {}

/** A virtual environment with the library, made once and kept in `folder`. @throws NoPython */
export const installed = (folder: string, report: (text: string) => void): Promise<string> =>
  installedIn(
    join(folder, `${library.name}-${library.version}`),
    [`${library.name}==${library.version}`, 'uvicorn'],
    report,
  )

/** One with these packages, each of one version. @throws NoPython */
export const installedIn = async (
  home: string,
  packages: readonly string[],
  report: (text: string) => void,
): Promise<string> => {
  const python = join(home, 'bin', 'python')
  const done = join(home, 'installed')
  if (existsSync(done)) return python
  report(`installing ${packages.join(', ')} with pip, once`)
  await rm(home, { recursive: true, force: true })
  await mkdir(dirname(home), { recursive: true })
  try {
    await run('python3', ['-m', 'venv', home])
    await run(python, ['-m', 'pip', 'install', '-q', ...packages], {
      timeout: 240_000,
    })
    await mkdir(done)
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    const words = (stderr ?? String(error)).trim().split('\n').at(-1)
    throw new NoPython(`python3 with venv and pip, and a package index, are needed: ${words?.slice(0, 200)}`)
  }
  return python
}

export interface PythonPeer {
  readonly versionsUrl: string
  readonly tokenA: string
  readonly origin: string
  /** What it holds of ours, by id in lower case, as the library keeps it. */
  held(module: string): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>>
  /** The tokens: the one it gave us, and the one it got. */
  tokens(): Promise<{ readonly token: string; readonly ours: string }>
  stop(): Promise<void>
}

/** Starts peer.py on a free port of the loopback and waits until it answers. */
export const startPythonPeer = async (python: string, version: '2.1.1' | '2.2.1'): Promise<PythonPeer> => {
  const port = await getPort({ host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${port}`
  const lines: string[] = []
  const child: ChildProcess = spawn(python, [join(import.meta.dirname, 'peer.py'), String(port), version], {
    env: {
      PATH: process.env.PATH ?? '',
      OCPI_HOST: `127.0.0.1:${port}`,
      PROTOCOL: 'http',
      COUNTRY_CODE: 'DE',
      PARTY_ID: 'ABC',
      NO_PROXY: '127.0.0.1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      lines.push(...String(text).split('\n'))
      lines.splice(0, Math.max(0, lines.length - 40))
    })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const json = async <T>(path: string): Promise<T> => (await fetch(`${origin}${path}`)).json() as Promise<T>
  for (const until = performance.now() + 30_000; ; ) {
    if (child.exitCode !== null) throw new NoPython(`The peer ended at its start: ${lines.join(' ').slice(-300)}`)
    if (await json('/held?module=locations').catch(() => undefined)) break
    if (performance.now() > until) throw new Error('The peer did not answer within 30 s')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {
    versionsUrl: `${origin}/ocpi/versions`,
    tokenA: 'token-a-of-the-peer',
    origin,
    held: (module) => json(`/held?module=${module}`),
    tokens: () => json('/token-c'),
    stop: async () => {
      child.kill()
      await ended
    },
  }
}
