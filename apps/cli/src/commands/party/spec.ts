import type { CommandSpec } from '../../terminal/arguments.ts'
import { operatorOptions } from '../node-options.ts'

export const partySpec = {
  name: 'party',
  usage: 'party VERB [ARGUMENTS]',
  words:
    'Operators of this node and who works for them. Verbs: list, add PARTY NAME, members PARTY, member PARTY WALLET [RIGHT...], remove PARTY WALLET.',
  most: 8,
  least: 1,
  options: operatorOptions,
  examples: [
    './werenode party list',
    "./werenode party add FR*ABC 'ABC Recharge'",
    './werenode party member FR*ABC 0x1f9840a85d5af5bf1d1762f925bdaddc4201f984',
    './werenode party member FR*ABC 0x1f9840a85d5af5bf1d1762f925bdaddc4201f984 stations:read',
  ],
} as const satisfies CommandSpec
