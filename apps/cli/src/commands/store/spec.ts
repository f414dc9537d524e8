import type { CommandSpec } from '../../terminal/arguments.ts'

export const storeSpec = {
  name: 'store',
  usage: 'store migrate|backup|restore',
  words: 'Moves a store to another one (SQLite to MongoDB, or back), writes it into a file, brings it back from one.',
  most: 1,
  least: 1,
  options: {
    from: {
      kind: 'text',
      value: 'STORE',
      words: 'migrate, backup: the data folder of a node, or mongodb://host/database',
    },
    to: { kind: 'text', value: 'STORE', words: 'migrate, restore: an empty folder or database' },
    file: { kind: 'text', value: 'FILE', words: 'backup, restore: the file' },
  },
  examples: [
    './werenode store migrate --from .werenode/data --to mongodb://localhost/werenode?replicaSet=rs0',
    './werenode store backup --from .werenode/data --file werenode.backup.gz',
  ],
} as const satisfies CommandSpec
