import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileStorage } from './file-storage.ts'
import { openDriverKey } from './key-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'werenode-driver-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const modeOf = async (path: string) => (await stat(path)).mode & 0o777

describe("the driver's key", () => {
  it('is made once, for its owner alone, and is the same driver afterwards', async () => {
    const path = join(folder, 'driver', 'key.json')
    const first = await openDriverKey(path)
    const second = await openDriverKey(path)
    expect(first.made).toBe(true)
    expect(second.made).toBe(false)
    expect(second.wallet.address).toBe(first.wallet.address)
    expect(await modeOf(path)).toBe(0o600)
    expect(await modeOf(join(folder, 'driver'))).toBe(0o700)
  })

  it('is closed to others when a copy opened it to them', async () => {
    const path = join(folder, 'key.json')
    await openDriverKey(path)
    await chmod(path, 0o644)
    await openDriverKey(path)
    expect(await modeOf(path)).toBe(0o600)
  })

  it('is never replaced when it is damaged, and its text is not quoted', async () => {
    const path = join(folder, 'key.json')
    const damaged = '{"privateKey":"0xabcdef'
    await writeFile(path, damaged)
    const error = await openDriverKey(path).then(
      () => undefined,
      (reason: Error) => reason,
    )
    expect(error).toMatchObject({ code: 'store-unavailable' })
    expect(JSON.stringify([error?.message, error?.stack])).not.toContain('abcdef')
    expect(await readFile(path, 'utf8')).toBe(damaged)
  })
})

describe("the driver's storage", () => {
  it('keeps values over a restart, each in a file for its owner alone', async () => {
    await fileStorage(folder).set('werenode:login:http://localhost/..', 'secret')
    const again = fileStorage(folder)
    expect(await again.get('werenode:login:http://localhost/..')).toBe('secret')
    await again.delete('werenode:login:http://localhost/..')
    expect(await again.get('werenode:login:http://localhost/..')).toBeUndefined()
  })
})
