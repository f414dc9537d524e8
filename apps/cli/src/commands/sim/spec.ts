import type { CommandSpec } from '../../terminal/arguments.ts'

export const simSpec = {
  name: 'sim',
  usage: 'sim [--version V] [--misbehave HABITS]',
  words:
    'Plays a charging station from the keyboard, against the node running on this clone: single keys, or words after a colon.',
  most: 0,
  options: {
    data: { kind: 'text', value: 'FOLDER', words: 'data folder of the node' },
    version: { kind: 'text', value: 'V', words: 'OCPP 1.6 (default), 2.0.1 or 2.1' },
    misbehave: { kind: 'text', value: 'A,B', words: 'bad habits of real stations; `list` names them' },
  },
  examples: ['npm run sim', 'npm run sim -- --version 2.0.1'],
} as const satisfies CommandSpec
