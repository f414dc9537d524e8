import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { WerenodeError } from '@werenode/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqliteStore } from './store.ts'

let folder: string
let count = 0
const newFile = (): string => join(folder, `f${count++}.db`)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'werenode-file-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const refusal = async (file: string): Promise<WerenodeError> => {
  try {
    await (await openSqliteStore({ file })).close()
  } catch (error) {
    return error as WerenodeError
  }
  throw new Error(`${file} was opened`)
}

const filledFile = async (): Promise<string> => {
  const file = newFile()
  const store = await openSqliteStore({ file })
  await store.define([{ name: 't_docs', indexes: [{ fields: ['n'] }] }])
  for (let i = 0; i < 20; i++) {
    await store.write(
      Array.from({ length: 50 }, (_, j) => ({
        op: 'insert',
        in: 't_docs',
        doc: { _id: `${i}-${j}`, n: j, text: 'x'.repeat(200) } as never,
      })),
    )
  }
  await store.close()
  return file
}

/** Runs a program with `store` opened from the file; resolves with the child and the first thing it said. */
const runChild = async (file: string, body: string) => {
  const program = `
    const { openSqliteStore } = await import(${JSON.stringify(new URL('./store.ts', import.meta.url).href)})
    const store = await openSqliteStore({ file: ${JSON.stringify(file)} })
    ${body}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const said = await Promise.race([once(child.stdout, 'data'), exited.then(() => ['it ended'])])
  return { child, exited, said: String(said[0]) }
}

describe('a file that is no store', { timeout: 60_000 }, () => {
  it('is refused in a sentence when it is not a database', async () => {
    const file = newFile()
    await writeFile(file, 'A letter to my grandmother, which is long enough to look like something. '.repeat(20))
    const error = await refusal(file)
    expect(error).toMatchObject({
      name: 'WerenodeError',
      code: 'store-unavailable',
      message: `The store ${file} is not a Werenode store`,
    })
    expect(await readFile(file, 'utf8')).toMatch(/^A letter to my grandmother/)
  })

  it('is refused when it is the database of another program, and is left as it is', async () => {
    const file = newFile()
    const database = new DatabaseSync(file)
    database.exec('CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1')
    database.close()
    const before = await readFile(file)
    expect((await refusal(file)).message).toContain('belongs to another program')
    expect(await readFile(file)).toEqual(before)
  })

  it('is refused when a newer Werenode wrote it', async () => {
    const file = await filledFile()
    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 99')
    database.close()
    const error = await refusal(file)
    expect(error.message).toContain('schema version 99')
    expect(error.hint).toContain('update')
  })

  it('is refused when it is a folder, or its folder cannot be made', async () => {
    expect(await refusal(folder)).toMatchObject({ code: 'store-unavailable' })
    const file = newFile()
    await writeFile(file, '')
    expect(await refusal(join(file, 'deeper', 'store.db'))).toMatchObject({ code: 'store-unavailable' })
  })

  it.skipIf(process.getuid?.() === 0)('is refused when it may not be read', async () => {
    const file = await filledFile()
    await chmod(file, 0o000)
    expect(await refusal(file)).toMatchObject({ code: 'store-unavailable' })
  })
})

describe('a damaged store', { timeout: 60_000 }, () => {
  it('never answers with a stack or a wrong document, whatever bytes are changed', async () => {
    const good = await readFile(await filledFile())
    let refused = 0
    for (let round = 0; round < 12; round++) {
      const file = newFile()
      const bytes = Buffer.from(good)
      // A page torn out of the middle, or the head.
      const at = round === 0 ? 0 : 4096 * (1 + Math.floor(Math.random() * (bytes.length / 4096 - 1)))
      bytes.fill(0xa5, at, at + 4096)
      await writeFile(file, bytes)
      try {
        const store = await openSqliteStore({ file })
        try {
          await store.find('t_docs', { n: 7 }, { limit: 1_000 })
          await store.find('t_docs', {}, { limit: 5_000 })
        } finally {
          await store.close()
        }
      } catch (error) {
        refused++
        expect(error, `bytes at ${at}`).toMatchObject({ name: 'WerenodeError', code: 'store-unavailable' })
        expect((error as WerenodeError).message).toMatch(/is damaged|is not a Werenode store/)
      }
    }
    expect(refused).toBeGreaterThan(0)
  })

  it('is refused when it was cut', async () => {
    const file = await filledFile()
    await truncate(file, 8192)
    expect(await refusal(file)).toMatchObject({ code: 'store-unavailable' })
  })

  it('is begun again when it died before it held anything', async () => {
    const file = newFile()
    await (await open(file, 'w')).close()
    await (await openSqliteStore({ file })).close()
  })
})

describe('one file, one process', { timeout: 60_000 }, () => {
  it('refuses a second opening while the first lives, in this process', async () => {
    const file = newFile()
    const store = await openSqliteStore({ file })
    const error = await refusal(file)
    expect(error).toMatchObject({
      code: 'store-unavailable',
      message: `The store ${file} is in use by another process`,
    })
    await store.close()
    await (await openSqliteStore({ file })).close()
  })

  it('refuses it to another process, until the first is gone however it went', async () => {
    const file = newFile()
    const { child, exited, said } = await runChild(file, `process.stdout.write('open'); setInterval(() => {}, 1000)`)
    expect(said).toBe('open')
    try {
      expect((await refusal(file)).message).toContain('in use by another process')
    } finally {
      child.kill('SIGKILL')
    }
    await exited
    await (await openSqliteStore({ file })).close()
  })
})

describe('closing', { timeout: 60_000 }, () => {
  it('waits for writes under way, refuses later ones, and may be repeated', async () => {
    const file = newFile()
    const store = await openSqliteStore({ file })
    await store.define([{ name: 't_docs' }])
    const writes = Array.from({ length: 200 }, (_, i) =>
      store.write([{ op: 'insert', in: 't_docs', doc: { _id: `${i}` } }]),
    )
    const closing = store.close()
    await expect(store.write([{ op: 'insert', in: 't_docs', doc: { _id: 'late' } }])).rejects.toMatchObject({
      code: 'store-unavailable',
    })
    await Promise.all(writes)
    await closing
    await store.close()
    await expect(store.get('t_docs', '1')).rejects.toMatchObject({ code: 'store-unavailable' })
    const again = await openSqliteStore({ file })
    expect(await again.count('t_docs', {})).toBe(200)
    await again.close()
  })

  it('is not needed for a process to end, and a pending write keeps it alive', async () => {
    const file = newFile()
    const { exited, said } = await runChild(
      file,
      `await store.define([{ name: 't_docs' }])
      store.write([{ op: 'insert', in: 't_docs', doc: { _id: 'a' } }]).then(() => process.stdout.write('durable'))`,
    )
    expect(said).toBe('durable')
    const [code] = await exited
    expect(code).toBe(0)
  })
})
