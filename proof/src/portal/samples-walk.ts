import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { samples } from '../../../apps/portal/test/samples.mts'

/** A charge is one of them; a busy machine is no failure. */
const mostMs = 180_000

/** Runs each TypeScript sample of the documentation against this house, as it is printed. Names those that failed, with what they said. */
export const runSamples = async (
  origin: string,
): Promise<{ readonly run: number; readonly failed: readonly string[] }> => {
  // Inside the portal, so that its packages are found.
  const folder = mkdtempSync(join(resolve(import.meta.dirname, '../../../apps/portal'), '.samples-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const all = samples()
    const failed = await Promise.all(
      all.map(async ({ name, code }, index) => {
        const file = join(folder, `sample-${index}.ts`)
        writeFileSync(file, code.replaceAll('http://localhost:8080', origin))
        try {
          await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
            timeout: mostMs,
          })
          return []
        } catch (error) {
          return [`${name}: ${String((error as { stderr?: string }).stderr ?? error).slice(-400)}`]
        }
      }),
    )
    return { run: all.length, failed: failed.flat() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
