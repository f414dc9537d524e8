import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const source = resolve(import.meta.dirname, '../src')

/** An example of the documentation: `file name` and its code. */
export interface Example {
  readonly name: string
  readonly code: string
}

export const examplesOf = (text: string, file: string): readonly Example[] =>
  [...text.matchAll(/\/\*\*(?:(?!\*\/)[\s\S])*?@example\n([\s\S]*?)\*\/\s*(?:export const |readonly )?(\w+)/g)].map(
    ([, body, name]) => ({ name: `${file} ${name}`, code: body!.replaceAll(/^\s*\* ?/gm, '') }),
  )

/** Every example of the SDK. */
export const allExamples = async (): Promise<readonly Example[]> => {
  const files = (await readdir(source)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  return (
    await Promise.all(files.map(async (file) => examplesOf(await readFile(join(source, file), 'utf8'), file)))
  ).flat()
}

/** Names an example may use without saying where they come from. */
export const scene = `
import { checkReceipt, checkTerms, createWerenode, memoryStorage, privateKeyWallet, webStorage, type DisplayedQuote, type Operator, type Roaming, type Werenode } from '@werenode/sdk'
import { openLocations } from '@werenode/sdk/locations'
import type { Hex, Party, SessionView } from '@werenode/core'
`

/** What is given to an example, when it does not make it itself. */
export const given = {
  werenode: 'Werenode',
  quote: 'DisplayedQuote',
  session: 'SessionView',
  operator: 'Operator',
  roaming: 'Roaming',
  localStorage:
    '{ getItem(key: string): string | null; setItem(key: string, value: string): void; removeItem(key: string): void }',
  location: '{ readonly origin: string; readonly href: string }',
  key: 'Hex',
  askPlatform: '(options: object) => Promise<object>',
} as const

/** An example as a module that exports it as a function of what is given. */
export const moduleOf = ({ name, code }: Example): string => {
  const makes = (one: string) => new RegExp(`\\bconst ${one}\\b|\\b${one}[,\\s].*= await`).test(code)
  const parts = Object.entries(given).filter(([one]) => !makes(one))
  const names = parts.map(([one]) => one).join(', ')
  const types = parts.map(([one, type]) => `${one}: ${type}`).join('; ')
  return `// ${name}\n${scene}\nexport const example = async ({ ${names} }: { ${types} }) => {\n${code}\n}\n`
}
