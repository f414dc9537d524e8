import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@werenode/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectCode, insert } from '../contract/opened.ts'
import { openMongoStore } from '../mongo/store.ts'
import { dropDatabase, howToEquip, mongoEquipment, startTestServer, type TestServer } from '../mongo/testing/server.ts'
import { openSqliteStore } from '../sqlite/store.ts'
import { backupStore, restoreStore } from './backup.ts'
import { copyStore } from './copy.ts'

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'werenode-copy-'))

const specs = [
  { name: 't_people', indexes: [{ fields: ['n'], unique: true }], text: ['name'] },
  { name: 't_places', geo: 'at' },
  { name: 't_nothing' },
]
const PEOPLE = 1_500

/** A store with revisions, awkward names and values, places, and points of one time. */
const furnish = async (store: Store): Promise<void> => {
  await store.define(specs)
  for (let i = 0; i < PEOPLE; i += 500)
    await store.write(
      insert(
        't_people',
        ...Array.from({ length: 500 }, (_, j) => ({
          _id: `p${i + j}`,
          n: i + j,
          name: `Élan ${i + j}`,
          list: [[1, { 'a.b': '$x' }], null],
        })),
      ),
    )
  for (let rev = 1; rev < 4; rev++)
    await store.write([{ op: 'replace', in: 't_people', doc: { _id: 'p7', n: 7, rev } as never, rev }])
  await store.write(insert('t_places', { _id: 'é\u{1F50C}', at: { lon: 2.35, lat: 48.85 }, '': { __a: 1e21 } }))
  const points = Array.from({ length: 2_500 }, (_, i) => ({ at: Math.floor(i / 3), value: { i } }))
  await store.write([{ op: 'append', series: 's', key: 'k', points }])
  await store.write([{ op: 'append', series: 's', key: 'é', points: [{ at: -1, value: null }] }])
}

const expectFurnished = async (store: Store): Promise<void> => {
  expect(await store.count('t_people', {})).toBe(PEOPLE)
  expect(await store.get('t_people', 'p7')).toEqual({ _id: 'p7', n: 7, rev: 3, _rev: 4 })
  expect(await store.get('t_people', 'p8')).toMatchObject({ list: [[1, { 'a.b': '$x' }], null], _rev: 1 })
  expect((await store.text('t_people', { words: 'elan 99' })).length).toBeGreaterThan(0)
  expect((await store.near('t_places', { lon: 2.35, lat: 48.85, radiusM: 5 }))[0]?.doc._id).toBe('é\u{1F50C}')
  const points = await store.range('s', 'k', {})
  expect(points.map(({ value }) => (value as { i: number }).i)).toEqual(Array.from({ length: 2_500 }, (_, i) => i))
  // It goes on as the node that it came from.
  await store.write([{ op: 'replace', in: 't_people', doc: { _id: 'p7', n: 7 } as never, rev: 4 }])
  await expectCode(store.write(insert('t_people', { _id: 'twin', n: 7 })), 'conflict')
}

const killedCopy = (from: string, to: string): Promise<string[]> =>
  new Promise((resolve) => {
    const program = new URL('./copy-child.ts', import.meta.url).pathname
    const child = spawn(process.execPath, [program, from, to], { stdio: ['ignore', 'pipe', 'inherit'] })
    const lines: string[] = []
    child.stdout.on('data', (chunk: Buffer) => {
      lines.push(...chunk.toString().split('\n').filter(Boolean))
      if (lines.length >= 2) child.kill('SIGKILL')
    })
    child.on('close', () => resolve(lines))
  })

const suite = (
  name: string,
  target: () => Promise<{ place: string; open(): Promise<Store>; clean(): Promise<void> }>,
) => {
  describe(name, { timeout: 400_000 }, () => {
    let source: string
    beforeAll(async () => {
      source = await folder()
      const store = await openSqliteStore({ folder: source })
      await furnish(store)
      await store.close()
    }, 60_000)
    afterAll(() => rm(source, { recursive: true }))

    it('copies all of it, goes on after a kill, and says that both are the same', async () => {
      const { place, open, clean } = await target()
      const lines = await killedCopy(source, place)
      expect(lines).not.toContain('done')
      const { resumed, copied, sums } = await copyStore({ from: source, to: place })
      expect(resumed).toBe(true)
      expect(copied).toBeLessThan(PEOPLE + 1 + 2_501)
      expect(sums).toMatchObject({
        t_people: { count: PEOPLE },
        t_places: { count: 1 },
        t_nothing: { count: 0 },
        '(series)': { count: 2_501 },
      })
      await expectCode(copyStore({ from: source, to: place }), 'conflict')
      const store = await open()
      await expectFurnished(store)
      await store.close()
      await clean()
    })

    it('is backed up into a file and comes back from it', async () => {
      const { place, open, clean } = await target()
      await copyStore({ from: source, to: place })
      const files = await folder()
      const file = join(files, 'backup.gz')
      const running = await open()
      const { sums } = await backupStore({ from: place, file })
      await running.close()
      await clean()
      const fresh = await target()
      expect((await restoreStore({ file, to: fresh.place })).sums).toEqual(sums)
      const store = await fresh.open()
      await expectFurnished(store)
      await store.close()
      await expectCode(restoreStore({ file, to: fresh.place }), 'conflict')
      await fresh.clean()
      const cut = join(files, 'cut.gz')
      await writeFile(cut, (await readFile(file)).subarray(0, 20_000))
      const third = await target()
      await expectCode(restoreStore({ file: cut, to: third.place }), 'invalid-input')
      await third.clean()
      await rm(files, { recursive: true })
    })
  })
}

suite('a store copied to SQLite', async () => {
  const place = await folder()
  return {
    place,
    open: () => openSqliteStore({ folder: place }),
    clean: () => rm(place, { recursive: true, force: true }),
  }
})

const equipped = process.env.WERENODE_TEST_MONGO !== undefined && mongoEquipment() !== undefined
describe.skipIf(!equipped)(`MongoDB (WERENODE_TEST_MONGO=1; ${howToEquip})`, () => {
  let server: TestServer
  let databases = 0
  beforeAll(async () => {
    server = await startTestServer()
  }, 60_000)
  afterAll(() => server?.stop(), 30_000)
  suite('a store copied to MongoDB', async () => {
    const place = server.url(`werenode_copy_${process.pid}_${databases++}`)
    return { place, open: () => openMongoStore({ url: place }), clean: () => dropDatabase(place) }
  })
})
