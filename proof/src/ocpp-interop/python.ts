import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EquipmentMissing } from '../figures.ts'

/** What is installed, exactly. */
const packages = ['ocpp==2.1.0', 'websockets==14.2']

/** A Python with the packages of others in a folder of their own, installed by pip on first use. Throws `EquipmentMissing`. */
export const pythonWithOcpp = (folder: string, report: (text: string) => void): { command: string; path: string } => {
  const command = ['python3', 'python'].find((name) => isNewEnough(name))
  if (!command) throw new EquipmentMissing('Python 3.11 or later is not on this machine')
  const path = join(folder, `python-${packages.join('-').replaceAll('==', '-')}`)
  const mark = join(path, '.complete')
  if (existsSync(mark)) return { command, path }
  report(`installs ${packages.join(', ')} with pip`)
  rmSync(path, { recursive: true, force: true })
  const options = ['--target', path, '--quiet', '--disable-pip-version-check', '--no-input', '--retries', '1']
  const { status, stderr } = spawnSync(command, ['-m', 'pip', 'install', ...options, ...packages], {
    encoding: 'utf8',
    timeout: 120_000,
  })
  if (status !== 0)
    throw new EquipmentMissing(`pip could not install ${packages.join(', ')}: ${stderr.trim().split('\n').at(-1)}`)
  writeFileSync(mark, '')
  return { command, path }
}

const isNewEnough = (command: string): boolean =>
  spawnSync(command, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']).status === 0
