import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rooms, root } from '../repository.ts'
import { run } from '../run.ts'
import type { Check } from './check.ts'

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const
const exact = /^(npm:[^@]+@|npm:@[^@]+@)?\d+\.\d+\.\d+([-+][\w.]+)?$/

/** Asks pnpm, without network, whether the lock file is what all package.json files ask for. */
const lockDiffers = async (): Promise<readonly string[]> => {
  const pnpm = process.env.WERENODE_PNPM
  if (pnpm === undefined) return []
  const { code } = await run(pnpm, ['install', '--frozen-lockfile', '--lockfile-only', '--offline'], { cwd: root })
  return code === 0 ? [] : ['pnpm-lock.yaml is not what the package.json files ask for: install again and commit it']
}

/** One version of everything: shared ones come from the catalogue, the others are exact, ours are of the workspace. */
export const manifests: Check = {
  name: 'versions',
  run: async () => {
    const catalogue = new Set(
      readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
        .split(/^catalog:$/m)[1]
        ?.split('\n')
        .map((line) => /^ {2}'?([@\w./-]+)'?: /.exec(line)?.[1])
        .filter((name) => name !== undefined),
    )
    const uses = rooms().flatMap(({ folder, manifest }) =>
      kinds.flatMap((kind) =>
        Object.entries(manifest[kind] ?? {}).map(([name, version]) => ({ folder, name, version })),
      ),
    )
    const findings = uses.flatMap(({ folder, name, version }) => {
      const say = (text: string) => [`${folder}/package.json: ${name} ${text}`]
      if (name.startsWith('@werenode/')) return version === 'workspace:*' ? [] : say('is ours: write workspace:*')
      if (version === 'catalog:')
        return catalogue.has(name) ? [] : say('is not in the catalogue of pnpm-workspace.yaml')
      if (catalogue.has(name)) return say(`has a version in the catalogue: write "catalog:", not "${version}"`)
      if (!exact.test(version)) return say(`"${version}" is not one exact version`)
      const others = new Set(uses.filter((use) => use.name === name).map((use) => use.version))
      return others.size > 1 ? say(`is used in several versions (${[...others].join(', ')})`) : []
    })
    return { findings: [...findings, ...(await lockDiffers())], looked: `${uses.length} dependencies, as locked` }
  },
}
