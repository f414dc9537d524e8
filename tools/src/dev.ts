import { type ChildProcess, spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { dim, print } from './lines.ts'
import { root } from './repository.ts'

/** `npm run dev`: `werenode start`, stopped in order and started again when a source file of the server changed. Data stays. */
const watched = ['packages', 'services', 'apps/cli', 'apps/simulator']
const matters = /\.(ts|json|sol)$/
const ignored = /(^|\/)(node_modules|generated|coverage|test-logs|dist)\/|\.test\.ts$|\.tmp$/
/** Editors write a file in several steps. */
const settleMs = 250

let server: ChildProcess | undefined
let changed: string | undefined
let leaving = false
let timer: NodeJS.Timeout | undefined

const begin = (): void => {
  server = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'apps/cli/src/main.ts', 'start', ...process.argv.slice(2)],
    { cwd: root, stdio: 'inherit', detached: true },
  )
  server.once('exit', (code) => {
    server = undefined
    if (leaving) process.exit(code ?? 0)
    if (changed !== undefined) again()
    else print(dim('The server ended; it starts again at the next change.'))
  })
}

const again = (): void => {
  print(dim(`\n${changed} changed: starting again`))
  changed = undefined
  begin()
}

const onChange = (path: string): void => {
  if (!matters.test(path) || ignored.test(path)) return
  changed = path
  clearTimeout(timer)
  timer = setTimeout(() => {
    if (server === undefined) again()
    else server.kill('SIGTERM')
  }, settleMs)
}

for (const folder of watched)
  watch(join(root, folder), { recursive: true }, (_, name) => {
    if (name !== null) onChange(`${folder}/${name}`)
  })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    leaving = true
    if (server === undefined) process.exit(0)
    server.kill('SIGTERM')
  })
begin()
