import type { CommandSpec } from '../../terminal/arguments.ts'
import { nodeOptions } from '../node-options.ts'

export const chargeSpec = {
  name: 'charge',
  usage: 'charge [EVSE] [--kwh KWH] [--yes]',
  words:
    'Charges a car: price, signature, deposit, power, stop, receipt, settlement. Without EVSE at the fastest free plug.',
  most: 1,
  options: {
    kwh: { kind: 'number', value: 'KWH', words: 'stop after so much energy; without it Enter or Ctrl-C stops' },
    max: { kind: 'number', value: 'EUR', words: 'lock at most so much (default 25); what is not used comes back' },
    yes: { kind: 'flag', words: 'sign without asking' },
    ...nodeOptions,
  },
  examples: [
    "./werenode charge 'FR*WRN*E000001'",
    './werenode charge FRWRNE000003 --kwh 2',
    './werenode charge --kwh 0.5 --yes',
  ],
} as const satisfies CommandSpec
