import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Room, rooms, root } from './repository.ts'

/** One line of `npm test`. */
export interface Suite {
  readonly name: string
  readonly folder: string
  /** `vitest`: the tests beside the code; `script`: the room's own `npm test`; `proof`: one program of proof/, quick. */
  readonly kind: 'vitest' | 'script' | 'proof'
  /** What the room may take on two cores, seconds. Exceeding it is said, five times of it ends the suite. */
  readonly budgetS: number
  /** For `script` the command line, for `proof` its name. */
  readonly command?: string
  /** It compares CPU times, which a neighbour on the other core distorts: it runs when all others are done. */
  readonly alone?: boolean
}

/** Seconds per room on two cores; every other room has 60. */
const budgets: Readonly<Record<string, number>> = {
  contracts: 180,
  'services/ocpp': 120,
  'services/relayer': 120,
  'services/api': 120,
  'services/evse-manager': 120,
  'apps/cli': 120,
  'apps/member': 120,
  'apps/mobile': 180,
  'packages/store': 90,
}

/** Rooms whose tests another runner than Vitest knows: forge, and Jest in React Native's environment. */
const ownRunner: ReadonlySet<string> = new Set(['contracts', 'apps/mobile'])

/** Proofs that are part of every test run, in their quick form. */
const quickProofs: readonly { name: string; budgetS: number; alone?: boolean }[] = [
  { name: 'walk', budgetS: 60, alone: true },
  { name: 'kill', budgetS: 120 },
]

const testsOf = ({ folder }: Room) =>
  globSync('{src,test}/**/*.test.ts', {
    cwd: join(root, folder),
    exclude: (entry) => basename(entry) === 'node_modules',
  }).length

/** Every suite of the tree, the longest first, so that two lanes end together. */
export const suites = (): readonly Suite[] => {
  const ofRooms = rooms().flatMap((room): Suite[] => {
    const { folder, manifest } = room
    const name = folder.replace(/^(packages|services|apps)\//, '')
    const budgetS = budgets[folder] ?? 60
    if (ownRunner.has(folder) && manifest.scripts?.test !== undefined)
      return [{ name, folder, kind: 'script', budgetS, command: manifest.scripts.test }]
    return testsOf(room) > 0 ? [{ name, folder, kind: 'vitest', budgetS }] : []
  })
  const proofs = quickProofs
    .filter(({ name }) => globSync(`proof/src/${name}.ts`, { cwd: root }).length > 0)
    .map(
      ({ name, ...rest }): Suite => ({ name: `proof ${name}`, folder: 'proof', kind: 'proof', command: name, ...rest }),
    )
  return [...ofRooms, ...proofs].sort((a, b) => b.budgetS - a.budgetS)
}
