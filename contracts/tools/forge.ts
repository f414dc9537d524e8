import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './compile.ts'

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@foundry-rs/forge-linux-amd64',
  'linux-arm64': '@foundry-rs/forge-linux-arm64',
  'darwin-arm64': '@foundry-rs/forge-darwin-arm64',
  'darwin-x64': '@foundry-rs/forge-darwin-amd64',
  'win32-x64': '@foundry-rs/forge-win32-amd64',
}

/** forge's own program inside its platform package; FORGE_PATH names another; undefined where there is none. */
export const forgePath = (): string | undefined => {
  if (process.env.FORGE_PATH !== undefined) return process.env.FORGE_PATH
  const name = packages[`${process.platform}-${process.arch}`]
  if (name === undefined) return undefined
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
    const path = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'forge.exe' : 'forge')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

export interface ForgeResult {
  readonly code: number
  readonly output: string
  readonly timedOut: boolean
}

export interface ForgeOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Another folder than this package's. */
  readonly cwd?: URL
  /** Ends it after so long. */
  readonly timeoutMs?: number
}

/** Runs forge in this package and collects what it prints. */
export const forge = (path: string, args: readonly string[], options: ForgeOptions = {}): Promise<ForgeResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(path, args, {
      cwd: fileURLToPath(options.cwd ?? root),
      // The compiler wrapper runs under this Node, whatever the PATH says.
      env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const take = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    let timedOut = false
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true
            child.kill('SIGKILL')
          }, options.timeoutMs)
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve({ code: code ?? 1, output, timedOut })
    })
  })
