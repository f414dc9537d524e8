import { spawn } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

/** Builds the member app into `dist/` (or the folder named), with nothing from the network. */
const member = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

// The house's own icons; they are kept in one place.
const brand = join(dirname(require.resolve('@werenode/design/package.json')), 'brand')
mkdirSync(join(member, 'static'), { recursive: true })
for (const name of ['favicon.svg', 'icon-180.png', 'icon-192.png', 'icon-512.png'])
  copyFileSync(join(brand, name), join(member, 'static', name))

const ng = join(dirname(require.resolve('@angular/cli/package.json')), 'bin', 'ng.js')
const dist = join(member, 'dist')
const child = spawn(process.execPath, [ng, 'build', '--progress=false'], {
  cwd: member,
  stdio: 'inherit',
  env: { ...process.env, NG_CLI_ANALYTICS: 'false', NG_DISABLE_VERSION_CHECK: '1' },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('close', (code) => {
  const out = process.argv[2]
  if (code === 0 && out !== undefined) cpSync(dist, resolve(out), { recursive: true })
  process.exitCode = code ?? 1
})
