import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@werenode/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectCode, insert } from '../contract/opened.ts'
import { openSqliteStore } from '../sqlite/store.ts'
import { connectStore, serveStore } from './index.ts'

describe('a store served to other processes of the host', { timeout: 60_000 }, () => {
  let folder: string
  let owner: Store
  let stop: () => Promise<void>
  const log = { error: () => undefined }
  const path = () => join(folder, 'store.sock')
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'werenode-remote-'))
    owner = await openSqliteStore({ folder })
    stop = await serveStore(owner, path(), log)
  })
  afterEach(async () => {
    await stop()
    await owner.close()
    await rm(folder, { recursive: true })
  })

  it('answers all as the store itself, its refusals too', async () => {
    const [one, two] = await Promise.all([connectStore(path()), connectStore(path())])
    await one.define([{ name: 't_things', indexes: [{ fields: ['n'], unique: true }], geo: 'at' }])
    expect(await two.write(insert('t_things', { _id: 'a', n: 1, at: { lon: 2, lat: 48 }, gone: undefined }))).toEqual([
      1,
    ])
    expect(await one.get('t_things', 'a')).toEqual({ _id: 'a', n: 1, at: { lon: 2, lat: 48 }, _rev: 1 })
    expect(await one.get('t_things', 'b')).toBeUndefined()
    await expectCode(one.write(insert('t_things', { _id: 'b', n: 1 })), 'conflict', { in: 't_things', index: 'n' })
    await expectCode(two.find('t_things', { n: undefined } as never), 'invalid-input')
    await expectCode(two.write(insert('t_things', { _id: 'c', n: Number.NaN })), 'invalid-input')
    await expectCode(two.count('t_things', { n: Number.NaN } as never), 'invalid-input')
    expect((await two.near('t_things', { lon: 2, lat: 48, radiusM: 10 })).length).toBe(1)
    await one.close()
    await two.close()
  })

  it('goes on when the process that owns it comes back', async () => {
    const store = await connectStore(path())
    await store.define([{ name: 't_things' }])
    await store.write(insert('t_things', { _id: 'a' }))
    await stop()
    await owner.close()
    // Refused or answered late, as it happens: it is asked again then.
    const asking = store.count('t_things', {}).catch(() => undefined)
    owner = await openSqliteStore({ folder })
    stop = await serveStore(owner, path(), log)
    expect((await asking) ?? (await store.count('t_things', {}))).toBe(1)
    await store.close()
  })

  it('says that the process is away when it hangs, and asks again on another connection', async () => {
    await stop()
    const connections: Socket[] = []
    const hung = createServer((socket) => void connections.push(socket.on('error', () => undefined)))
    await new Promise<void>((resolve) => hung.listen(path(), resolve))
    const store = await connectStore(path(), { answerWithinMs: 100 })
    await expectCode(store.count('t_things', {}), 'store-unavailable')
    await expectCode(store.count('t_things', {}), 'store-unavailable')
    expect(connections.length).toBe(2)
    await store.close()
    for (const connection of connections) connection.destroy()
    await new Promise((resolve) => hung.close(resolve))
    stop = async () => undefined
  })
})
