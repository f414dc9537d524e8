import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { writeApiPages } from './api-pages.mts'
import { copyAssets } from './assets.mts'
import { writeGraphqlPages } from './graphql-pages.mts'
import { writeRepositoryPages } from './repository-pages.mts'

/** Builds the portal into `dist/` (or the folder named), with nothing from the network. */
const portal = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)
copyAssets()
writeRepositoryPages()
const operations = writeApiPages()
process.stdout.write(`REST API: ${operations} operations, GraphQL: ${writeGraphqlPages()}\n`)

const docusaurus = join(dirname(require.resolve('@docusaurus/core/package.json')), 'bin', 'docusaurus.mjs')
const only = process.env.WERENODE_PORTAL_LOCALES?.split(',') ?? []
const child = spawn(
  process.execPath,
  [docusaurus, 'build', '--out-dir', process.argv[2] ?? 'dist', ...only.flatMap((locale) => ['--locale', locale])],
  { cwd: portal, stdio: 'inherit', env: { ...process.env, DOCUSAURUS_IGNORE_SSG_WARNINGS: 'true', DO_NOT_TRACK: '1' } },
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
