import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Figures, Proof } from './figures.ts'
import { proofs } from './names.ts'

const print = (text: string) => process.stdout.write(`${text}\n`)
const startedAt = performance.now()
const report = (text: string) => print(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s] ${text}`)

const file = (name: string) => join(import.meta.dirname, `${name}.ts`)

const list = () => {
  print('npm run proof -- NAME [--long]\n')
  for (const [name, question] of Object.entries(proofs))
    print(`  ${name.padEnd(13)} ${existsSync(file(name)) ? question : `(not built yet) ${question}`}`)
}

const table = (figures: Figures) => {
  const width = Math.max(...Object.keys(figures).map((name) => name.length))
  for (const [name, { value, bar, holds }] of Object.entries(figures))
    print(`  ${holds ? 'holds' : 'FAILS'}  ${name.padEnd(width)}  ${value}${bar === undefined ? '' : `   bar ${bar}`}`)
}

/** Runs one program; resolves with the exit code: 0 all hold, 1 not, 2 unknown, 77 skipped for want of equipment. */
const prove = async (args: readonly string[]): Promise<number> => {
  const options = args.filter((arg) => arg.startsWith('--'))
  const [name, ...more] = args.filter((arg) => !arg.startsWith('--'))
  const wrong = options.find((option) => option !== '--long')
  if (name === undefined || more.length > 0 || wrong !== undefined || !Object.hasOwn(proofs, name)) {
    if (name !== undefined)
      print(
        wrong
          ? `There is no option ${wrong}.`
          : more.length > 0
            ? 'One name at a time.'
            : `There is no proof "${name}".`,
      )
    list()
    return 2
  }
  if (!existsSync(file(name))) {
    print(`The proof "${name}" is not built yet.`)
    return 1
  }
  const program = (await import(pathToFileURL(file(name)).href)) as { default?: Proof }
  if (typeof program.default !== 'function') {
    print(`proof/src/${name}.ts has no default export that can be run.`)
    return 1
  }
  const figures = await program.default({ report, long: options.includes('--long') })
  table(figures)
  print(JSON.stringify(figures))
  const all = Object.values(figures)
  return all.length > 0 && all.every(({ holds }) => holds) ? 0 : 1
}

try {
  process.exitCode = await prove(process.argv.slice(2))
} catch (error) {
  if (error instanceof Error && error.name === 'EquipmentMissing') {
    print(`skipped: ${error.message}`)
    process.exitCode = 77
  } else {
    print(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exitCode = 1
  }
}
