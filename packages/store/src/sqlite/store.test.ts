import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storeContract, storeKillContract } from '../contract.ts'
import { openMemoryStore, openSqliteStore } from './store.ts'

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'werenode-store-'))

storeContract('SQLite', async () => {
  const folder = await newFolder()
  let store = await openSqliteStore({ folder })
  return {
    store,
    reopen: async () => {
      await store.close()
      store = await openSqliteStore({ folder })
      return store
    },
    close: async () => {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
})

storeContract('SQLite in memory', async () => {
  const store = await openMemoryStore()
  return { store, close: () => store.close() }
})

storeKillContract('SQLite', async () => {
  const folder = await newFolder()
  return {
    module: new URL('./open-for-kill.ts', import.meta.url).href,
    argument: folder,
    clean: () => rm(folder, { recursive: true }),
  }
})
