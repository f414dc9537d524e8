import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Account, createWalletClient, http, publicActions } from 'viem'
import { foundry } from 'viem/chains'

/** The local node's program, or undefined where none is installed. */
export const anvilPath = (): string | undefined => {
  if (process.env.ANVIL_PATH !== undefined) return process.env.ANVIL_PATH
  try {
    const manifest = createRequire(import.meta.url).resolve('@foundry-rs/anvil-linux-amd64/package.json')
    const path = join(dirname(manifest), 'bin', 'anvil')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

export interface Anvil {
  readonly url: string
  stop(): Promise<void>
}

/** A node of its own on a free port. */
export const startAnvil = async (path: string, args: readonly string[] = []): Promise<Anvil> => {
  const child = spawn(path, ['--port', '0', '--host', '127.0.0.1', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await listeningAt(child)
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}

const listeningAt = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    child.once('exit', (code) => reject(new Error(`anvil ended with ${code} before it listened: ${text}`)))
    child.stdout!.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const match = /Listening on (127\.0\.0\.1:\d+)/.exec(text)
      if (match) resolve(`http://${match[1]}`)
    })
  })

export const clientFor = (url: string, account: Account) =>
  createWalletClient({ account, chain: foundry, transport: http(url), pollingInterval: 50 }).extend(publicActions)
