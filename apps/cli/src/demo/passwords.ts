import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Passwords of these simulated devices, made once and kept beside the data, readable by their owner alone. */
export const passwordsIn = async (file: string, ids: readonly string[]): Promise<Readonly<Record<string, string>>> => {
  let known: Record<string, string> = {}
  try {
    known = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
  } catch (error) {
    // The first start has none; a file that cannot be read is made anew, and the devices get new passwords.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error
  }
  const whole = Object.fromEntries(ids.map((id) => [id, known[id] ?? randomBytes(16).toString('base64url')]))
  if (JSON.stringify(whole) === JSON.stringify(known)) return whole
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.new`, `${JSON.stringify(whole, null, 2)}\n`, { mode: 0o600 })
  await chmod(`${file}.new`, 0o600)
  await rename(`${file}.new`, file)
  return whole
}
