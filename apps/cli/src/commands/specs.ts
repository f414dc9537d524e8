import type { CommandSpec } from '../terminal/arguments.ts'
import { nodeOptions, operatorOptions } from './node-options.ts'

export const sessionsSpec = {
  name: 'sessions',
  usage: 'sessions [--all]',
  words: 'What this driver charged, the newest first.',
  most: 0,
  options: { ...nodeOptions, all: { kind: 'flag', words: 'all of them, not the newest 20' } },
} as const satisfies CommandSpec

export const sessionSpec = {
  name: 'session',
  usage: 'session ID',
  words: 'One charge in full: terms, receipt, money, transactions. The first digits of its id are enough.',
  most: 1,
  least: 1,
  options: nodeOptions,
  examples: ['./werenode session 0x3fa2'],
} as const satisfies CommandSpec

export const creditSpec = {
  name: 'credit',
  usage: 'credit [--add EUR]',
  words: "The driver's energy credit in the escrow, and what the wallet holds.",
  most: 0,
  options: {
    ...nodeOptions,
    add: { kind: 'number', value: 'EUR', words: 'ask the test faucet for so many euro (local chains)' },
  },
} as const satisfies CommandSpec

export const stationsSpec = {
  name: 'stations',
  usage: 'stations [WORDS]',
  words: 'Plugs one can charge at now; with WORDS also places from open data that match.',
  most: 6,
  options: nodeOptions,
  examples: ['./werenode stations', './werenode stations nantes'],
} as const satisfies CommandSpec

export const mapStatsSpec = {
  name: 'map-stats',
  usage: 'map-stats',
  words: 'What is on the map: places, plugs, power, by source.',
  most: 0,
  options: nodeOptions,
} as const satisfies CommandSpec

export const irveStatusSpec = {
  name: 'irve-status',
  usage: 'irve-status FILE|URL',
  words:
    'Takes in how French open-data charge points are now, from a file of the IRVE dynamic schema (CSV, gzipped or not). Says what became of every row that was not taken.',
  most: 1,
  least: 1,
  options: operatorOptions,
  examples: ['./werenode irve-status irve-dynamique.csv'],
} as const satisfies CommandSpec
