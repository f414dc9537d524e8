import { readSettings, settings } from '@werenode/api'
import { WerenodeError } from '@werenode/core'
import { parseArguments } from '../terminal/arguments.ts'
import type { Screen } from '../terminal/screen.ts'
import { configSpec } from './config-spec.ts'

/** `werenode config` lists the settings of the environment, `werenode config check` says what is wrong with those that are set. */
export const config = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { words } = parseArguments(configSpec, args)
  const [act] = words
  if (act === undefined) {
    for (const [name, { words: what, example }] of Object.entries(settings))
      screen.print(`${name}\n  ${what}\n  e.g. ${example}\n`)
    return 0
  }
  if (act !== 'check')
    throw new WerenodeError('invalid-input', `There is no "config ${act}"`, { hint: 'Say `config` or `config check`.' })
  const { values, problems } = readSettings(process.env)
  for (const { name, problem } of problems) screen.print(`✗ ${name} ${problem}`)
  for (const name of Object.keys(values)) if (!problems.some((one) => one.name === name)) screen.print(`✓ ${name}`)
  screen.print(`${Object.keys(values).length} set, ${problems.length} wrong`)
  return problems.length === 0 ? 0 : 1
}
