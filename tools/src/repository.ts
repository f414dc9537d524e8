import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** The root of the clone. */
export const root = join(import.meta.dirname, '..', '..')

export interface Manifest {
  readonly name: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** A package of the workspace: its folder relative to the root, and what its package.json says. */
export interface Room {
  readonly folder: string
  readonly manifest: Manifest
}

export const rooms = (): readonly Room[] =>
  globSync(
    ['contracts', 'packages/*', 'services/*', 'apps/*', 'proof', 'tools'].map((folder) => `${folder}/package.json`),
    {
      cwd: root,
    },
  )
    .sort()
    .map((path) => ({
      folder: dirname(path),
      manifest: JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest,
    }))

/** Files git knows, and new ones it does not ignore; in a copy without git, nothing. */
export const committedFiles = (): readonly string[] => {
  try {
    return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
      cwd: root,
      maxBuffer: 1 << 26,
    })
      .toString()
      .split('\0')
      .filter((path) => path !== '' && existsSync(join(root, path)))
  } catch {
    return []
  }
}

export const fromRoot = (path: string) => relative(root, path)
