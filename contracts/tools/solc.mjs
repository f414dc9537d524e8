#!/usr/bin/env node
// The command-line compiler forge expects, on top of the npm compiler: --version and --standard-json.
import { readFileSync, writeSync } from 'node:fs'
import solc from 'solc'

if (process.argv.includes('--version')) {
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}\n`)
} else if (process.argv.includes('--standard-json')) {
  const output = Buffer.from(solc.compile(readFileSync(0, 'utf8')))
  for (let at = 0; at < output.length; ) at += writeSync(1, output, at)
} else {
  process.stderr.write('Only --version and --standard-json are served.\n')
  process.exitCode = 2
}
