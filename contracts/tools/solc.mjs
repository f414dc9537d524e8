#!/usr/bin/env node
// The command-line compiler forge expects, on top of the npm compiler: --version and --standard-json. forge asks the same thing
// again at every start; what was compiled once is answered from cache/solc.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'

const folder = new URL('../cache/solc/', import.meta.url)
const { version } = createRequire(import.meta.url)('solc/package.json')
/** Answers longer than this are those of a real compilation, which forge remembers itself. */
const largest = 2_000_000

/** What `make` makes of `input`, remembered by this compiler's version. */
const remembered = async (input, make) => {
  const name = createHash('sha256').update(`${version} ${input}`).digest('hex')
  const file = new URL(`${name}.json`, folder)
  try {
    return readFileSync(file, 'utf8')
  } catch {
    const { default: solc } = await import('solc')
    const output = make(solc)
    if (output.length > largest) return output
    mkdirSync(folder, { recursive: true })
    // Whole or not at all, also when two runs write it at once.
    const draft = new URL(`${name}.${process.pid}`, folder)
    writeFileSync(draft, output)
    renameSync(draft, file)
    return output
  }
}

const print = (text) => {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at)
}

if (process.argv.includes('--version')) {
  const full = await remembered('version', (solc) => solc.version())
  print(`solc, the solidity compiler commandline interface\nVersion: ${full}\n`)
} else if (process.argv.includes('--standard-json')) {
  const input = readFileSync(0, 'utf8')
  print(await remembered(input, (solc) => solc.compile(input)))
} else {
  process.stderr.write('Only --version and --standard-json are served.\n')
  process.exitCode = 2
}
