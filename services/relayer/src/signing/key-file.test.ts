import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openKeyFile } from './key-file.ts'

test('keys are made once, are only the owner to read, and come back the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'werenode-keys-'))
  const path = join(folder, 'keys.json')
  try {
    const keys = await openKeyFile(path)
    expect(new Set(Object.values(keys)).size).toBe(6)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    await chmod(path, 0o644)
    expect(await openKeyFile(path)).toEqual(keys)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test.for(['', '{', '{"sender":"0x12"}'])(
  'a damaged key file (%s) is refused without showing what it holds',
  async (text) => {
    const folder = await mkdtemp(join(tmpdir(), 'werenode-keys-'))
    const path = join(folder, 'keys.json')
    try {
      await writeFile(path, text)
      await expect(openKeyFile(path)).rejects.toMatchObject({ code: 'store-unavailable' })
      expect(await readFile(path, 'utf8')).toBe(text)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
)
