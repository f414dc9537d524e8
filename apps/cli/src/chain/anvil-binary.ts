import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { WerenodeError } from '@werenode/core'

const platformPackages: Readonly<Record<string, string>> = {
  'linux-x64': '@foundry-rs/anvil-linux-amd64',
  'linux-arm64': '@foundry-rs/anvil-linux-arm64',
  'darwin-x64': '@foundry-rs/anvil-darwin-amd64',
  'darwin-arm64': '@foundry-rs/anvil-darwin-arm64',
  'win32-x64': '@foundry-rs/anvil-win32-amd64',
}

/**
 * Path of the anvil program: `ANVIL_PATH` when set, else the binary of the platform's npm package.
 * Throws `not-found` with what to do when this machine has neither.
 */
export const anvilBinary = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform = `${process.platform}-${process.arch}`,
): string => {
  const chosen = environment.ANVIL_PATH
  if (chosen) return runnable(chosen, 'Set ANVIL_PATH to the anvil program itself, or unset it.')
  const name = platformPackages[platform]
  if (name) {
    const found = resolvePackage(name)
    if (found) return runnable(found, 'Install the packages again.')
  }
  throw new WerenodeError('not-found', `The embedded chain needs anvil, and there is none for ${platform} here`, {
    hint: 'Install Foundry (getfoundry.sh) and set ANVIL_PATH to its anvil, then run the same command again.',
  })
}

const resolvePackage = (name: string): string | undefined => {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    return join(folder, 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil')
  } catch {
    // Not installed: an optional dependency of another platform.
    return undefined
  }
}

const runnable = (path: string, hint: string): string => {
  try {
    accessSync(path, constants.X_OK)
    return path
  } catch (cause) {
    throw new WerenodeError('not-found', `${path} cannot be run as anvil`, { hint, cause })
  }
}
