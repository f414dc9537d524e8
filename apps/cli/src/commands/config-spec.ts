import type { CommandSpec } from '../terminal/arguments.ts'

export const configSpec = {
  name: 'config',
  usage: 'config [check]',
  words: 'The settings a node takes from its environment; `config check` says what is wrong with those that are set.',
  most: 1,
  options: {},
  examples: ['./werenode config check'],
} as const satisfies CommandSpec
