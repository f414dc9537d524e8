// Writes docs/contracts/operations from the sources, their comments and snapshots/Gas.json.
//   node tools/docs.ts           writes
//   node tools/docs.ts --check   compares only; exit 1 and a sentence if a page is not what the sources say
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { compiled } from './build.ts'
import { root } from './compile.ts'
import { operationPages, type Page } from './pages/operations.ts'

const folder = new URL('../docs/contracts/operations/', root)

const pages = (): readonly Page[] => {
  const snapshot = JSON.parse(readFileSync(new URL('snapshots/Gas.json', root), 'utf8')) as Record<string, string>
  const gas = Object.fromEntries(Object.entries(snapshot).map(([name, value]) => [name, Number(value)]))
  return operationPages(compiled(), gas)
}

const present = (): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Names of pages that are missing, too many, or not what the sources say. */
export const outdatedPages = (): readonly string[] => {
  const wanted = new Map(pages().map(({ path, text }) => [path, text]))
  const there = present()
  const differs = (path: string): boolean =>
    !there.includes(path) || readFileSync(new URL(path, folder), 'utf8') !== wanted.get(path)
  return [...[...wanted.keys()].filter(differs), ...there.filter((name) => !wanted.has(name))]
}

const main = (): void => {
  if (process.argv.includes('--check')) {
    const names = outdatedPages()
    for (const name of names)
      console.log(
        `docs/contracts/operations/${name} is not what the sources say. Run "node tools/docs.ts" in contracts.`,
      )
    process.exitCode = names.length === 0 ? 0 : 1
    return
  }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const all = pages()
  for (const { path, text } of all) writeFileSync(new URL(path, folder), text)
  console.log(`wrote ${all.length} pages`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
