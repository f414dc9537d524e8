import { afterAll, beforeAll, describe, it } from 'vitest'
import { storeContract, storeKillContract } from '../contract.ts'
import { openMongoStore } from './store.ts'
import { dropDatabase, howToEquip, mongoEquipment, startTestServer, type TestServer } from './testing/server.ts'

let databases = 0

// The whole contract takes a compatible server minutes: it runs where it is asked for, and in `proof mongo`.
const wanted = process.env.WERENODE_TEST_MONGO !== undefined && mongoEquipment() !== undefined

describe.skipIf(!wanted)(`the store on MongoDB (WERENODE_TEST_MONGO=1; ${howToEquip})`, () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  }, 60_000)
  afterAll(() => server?.stop())

  const newUrl = (): string => server.url(`werenode_test_${process.pid}_${databases++}`)

  storeContract(
    'MongoDB',
    async () => {
      const url = newUrl()
      // A server in Python on a busy machine: slow is not gone.
      let store = await openMongoStore({ url, patienceMs: 60_000 })
      return {
        store,
        reopen: async () => {
          await store.close()
          store = await openMongoStore({ url, patienceMs: 60_000 })
          return store
        },
        close: async () => {
          await store.close()
          await dropDatabase(url)
        },
      }
    },
    { timeoutMs: 300_000 },
  )

  storeKillContract('MongoDB', async () => {
    const url = newUrl()
    return {
      module: new URL('./open-for-kill.ts', import.meta.url).href,
      argument: url,
      clean: () => dropDatabase(url),
    }
  })
})

describe.skipIf(wanted)('the store on MongoDB', () => {
  it.skip(howToEquip, () => undefined)
})
