import { spawn } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'

const portal = resolve(import.meta.dirname, '../../../apps/portal')
const leftOut = new Set(['node_modules', 'dist', '.docusaurus', 'test'])
const nowhere = '/docs/drive/nowhere-at-all'

/** Builds a copy of the portal in which one page of the documentation links to nowhere. Resolves with how the build ended and whether it named the link. */
export const buildWithDeadLink = async (): Promise<{ readonly code: number | null; readonly named: boolean }> => {
  // Beside the portal, so that what both import lies equally far.
  const folder = mkdtempSync(join(portal, '..', '.dead-link-'))
  try {
    cpSync(portal, folder, {
      recursive: true,
      filter: (path) => dirname(path) !== portal || !leftOut.has(basename(path)),
    })
    symlinkSync(join(portal, 'node_modules'), join(folder, 'node_modules'))
    const page = join(folder, 'docs', 'index.md')
    if (!existsSync(page)) throw new Error(`${page} is not there: the documentation has another first page now`)
    appendFileSync(page, `\n[A page that is not there](${nowhere})\n`)
    const require = createRequire(join(portal, 'package.json'))
    const docusaurus = join(dirname(require.resolve('@docusaurus/core/package.json')), 'bin', 'docusaurus.mjs')
    const child = spawn(process.execPath, [docusaurus, 'build', '--locale', 'en', '--out-dir', join(folder, 'dist')], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', DOCUSAURUS_IGNORE_SSG_WARNINGS: 'true' },
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
    const code = await new Promise<number | null>((done) => child.once('close', done))
    return { code, named: said.includes(nowhere) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
