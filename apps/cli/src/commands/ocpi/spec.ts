import type { CommandSpec } from '../../terminal/arguments.ts'
import { operatorOptions } from '../node-options.ts'

export const ocpiSpec = {
  name: 'ocpi',
  usage: 'ocpi VERB [ARGUMENTS]',
  words:
    'Roaming partners. Verbs: add-partner URL TOKEN, invite NAME, list, show ID, test ID, check ID, resend ID, pull ID, pause ID, resume ID, rotate ID, statement ID, remove ID; OCPI 2.3.0: terminals ID, assign-terminal ID TERMINAL, activate-terminal ID MARK, return-terminal ID TERMINAL, bookable ID, bookings ID, book ID WHAT, cancel ID REQUEST, offer WHAT; from 2.2.1 on: prefer ID SESSION CHEAP|FAST|GREEN|REGULAR.',
  most: 4,
  least: 1,
  options: {
    ...operatorOptions,
    party: { kind: 'text', value: 'PARTY', words: 'the party the node roams as (FR*WRN)' },
    name: { kind: 'text', value: 'WORDS', words: 'add-partner: how you call it' },
    refused: { kind: 'flag', words: 'resend: also what the partner refused' },
    month: { kind: 'text', value: 'YYYY-MM', words: 'statement: the month, UTC (this month)' },
    from: { kind: 'text', value: 'TIME', words: 'statement, book, offer: the first moment (ISO 8601)' },
    to: {
      kind: 'text',
      value: 'TIME',
      words: 'statement, book, offer: and the first moment after it; prefer: departure',
    },
    close: { kind: 'flag', words: 'statement: both sides sign the net, and whoever owes it pays on chain' },
    location: { kind: 'text', value: 'IDS', words: 'terminals, offer: locations, parted by commas' },
    evse: { kind: 'text', value: 'UIDS', words: 'terminals, offer: EVSEs, parted by commas' },
    power: { kind: 'text', value: 'KW', words: 'book: wanted; offer: the most there is' },
    energy: { kind: 'text', value: 'KWH', words: 'prefer: the energy that is needed' },
    full: { kind: 'flag', words: 'pull: everything, not only what is new' },
  },
  examples: [
    './werenode ocpi add-partner https://partner.example/ocpi/versions THEIR-TOKEN',
    "./werenode ocpi invite 'Two Charging'",
    './werenode ocpi list',
    './werenode ocpi check 5f1c0a9e77b2',
    './werenode ocpi statement 5f1c0a9e77b2 --month 2026-11',
    './werenode ocpi book 5f1c0a9e77b2 BL-1 --from 2026-11-22T10:00:00Z --to 2026-11-22T11:00:00Z',
    './werenode ocpi statement 5f1c0a9e77b2 --month 2026-10 --close',
  ],
} as const satisfies CommandSpec
