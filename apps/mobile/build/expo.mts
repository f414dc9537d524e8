import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export const app = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

/** Expo's own tool, which asks nobody outside this machine for anything. */
export const expo = (...args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const cli = join(dirname(require.resolve('expo/package.json')), 'bin', 'cli')
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: app,
      stdio: 'inherit',
      env: {
        ...process.env,
        CI: '1',
        EXPO_NO_TELEMETRY: '1',
        EXPO_OFFLINE: '1',
        EXPO_NO_DOTENV: '1',
        NODE_ENV: 'production',
      },
    })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`expo ${args[0]} ended with ${code}`))))
  })
