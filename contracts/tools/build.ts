// Compiles src/ with the npm compiler and writes artifacts/*.json and, for packages/chain, the typed ABIs and bytecode.
//   node tools/build.ts           writes what changed
//   node tools/build.ts --check   compares only; exit 1 and a sentence if something committed is not what src/ makes
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { abiFile, artifactFile, artifactsOf, bytecodeFile } from './artifact.ts'
import { type Compilation, compile, readSources, root } from './compile.ts'

let once: Compilation | undefined

/** The sources as they are now, compiled once for all who ask. */
export const compiled = (): Compilation => {
  once ??= compile(readSources())
  return once
}

/** Paths, relative to this package, whose committed text differs from what the sources make. */
export const outdated = (): readonly { path: string; text: string }[] => {
  const artifacts = artifactsOf(compiled())
  const files = artifacts.flatMap((artifact) => [artifactFile(artifact), abiFile(artifact), bytecodeFile(artifact)])
  return files.filter(({ path, text }) => readOrNothing(path) !== text)
}

const readOrNothing = (path: string): string | undefined => {
  try {
    return readFileSync(new URL(path, root), 'utf8')
  } catch {
    return undefined
  }
}

const main = (): void => {
  const files = outdated()
  if (process.argv.includes('--check')) {
    for (const { path } of files)
      console.error(`${path} is not what src/ compiles to. Run "npm run build" in contracts.`)
    process.exitCode = files.length === 0 ? 0 : 1
    return
  }
  for (const { path, text } of files) {
    const target = new URL(path, root)
    mkdirSync(new URL('.', target), { recursive: true })
    writeFileSync(target, text)
    console.log(`wrote ${path}`)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
