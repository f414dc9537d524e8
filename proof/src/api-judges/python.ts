import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EquipmentMissing } from '../figures.ts'

/** Programs of others in a virtual environment of their own, installed by pip on first use. Answers its `bin`. Throws `EquipmentMissing`. */
export const pythonWith = (
  folder: string,
  packages: readonly [string, ...string[]],
  report: (text: string) => void,
): string => {
  const place = join(folder, packages.join('-').replaceAll('==', '-'))
  const mark = join(place, '.complete')
  if (existsSync(mark)) return join(place, 'bin')
  report(`installs ${packages.join(', ')} with pip`)
  rmSync(place, { recursive: true, force: true })
  const run = (command: string, args: readonly string[]): void => {
    const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 300_000 })
    if (status === 0) return
    const why = String(stderr || error)
      .trim()
      .split('\n')
      .at(-1)
    throw new EquipmentMissing(`${packages.join(', ')} could not be installed: ${why}`)
  }
  run('python3', ['-m', 'venv', place])
  run(join(place, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', '--no-input', ...packages])
  writeFileSync(mark, '')
  return join(place, 'bin')
}
