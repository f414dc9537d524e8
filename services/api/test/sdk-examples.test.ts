import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isWerenodeError, type Party } from '@werenode/core'
import { createWerenode, memoryStorage, privateKeyWallet } from '@werenode/sdk'
import { allExamples, moduleOf } from '@werenode/sdk/examples'
import { generatePrivateKey } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putDemo } from './demo/put-demo.ts'
import { signUp } from './oauth-client.ts'
import { signingManager } from './signing-manager.ts'
import { openWorld, type World } from './world.ts'

/** Every example of the SDK's documentation is run against a node, as it is printed. */

const examples = await allExamples()
/** These ask services that are not in this room; the rooms that have them try them. */
const elsewhere = /^(operator|roaming|stations)\.ts |werenode\.ts (operator|roaming|stations|plug)$/

/** The examples look at the real one. */
const clock = () => new Date()

let world: World
let folder: string
let baseUrl: string
let over = false
beforeAll(async () => {
  world = await openWorld({ clock, streams: { heartbeatMs: 50, perListener: 1_000 } })
  signingManager(world.bus, clock)
  await putDemo(world.catalogue)
  await signUp(world, 'anna@example.org')
  ;({ url: baseUrl } = await world.api.start({ port: 0 }))
  folder = await mkdtemp(join(import.meta.dirname, 'examples-'))
})
afterAll(async () => {
  over = true
  await rm(folder, { recursive: true, force: true })
  await world.close()
})

/** The platform's fetch; the examples' `http://localhost:8080` is this world's node, and followers end with the test. */
const fetchHere: typeof globalThis.fetch = (input, init) =>
  over
    ? Promise.resolve(Response.json({ code: 'gone', detail: 'The test is over' }, { status: 410 }))
    : fetch(String(input).replace('http://localhost:8080', baseUrl), init)

test('there are examples to run', () => {
  expect(examples.length).toBeGreaterThan(30)
})

describe('each example runs as it is printed', () => {
  test.each(examples.filter(({ name }) => !elsewhere.test(name)).map((one, index) => [one.name, one, index] as const))(
    '%s',
    async (_name, example, index) => {
      const key = generatePrivateKey()
      const werenode = createWerenode({ baseUrl, wallet: privateKeyWallet(key), clock, fetch: fetchHere })
      const quote = await werenode.quote({ evseId: 'FR*WRN*E000001' })
      const session = await werenode.open(quote)
      const file = join(folder, `example${index}.ts`)
      await writeFile(file, moduleOf(example))
      const { example: run } = (await import(file)) as { example: (given: object) => Promise<void> }
      const kept = new Map<string, string>()
      const running = run({
        werenode,
        quote,
        session,
        operator: werenode.operator('FR*WRN' as Party),
        roaming: werenode.roaming('FR*WRN' as Party),
        localStorage: {
          getItem: (name: string) => kept.get(name) ?? null,
          setItem: (name: string, value: string) => kept.set(name, value),
          removeItem: (name: string) => kept.delete(name),
        },
        location: { origin: baseUrl, href: `${baseUrl}/` },
        key,
        askPlatform: async () => ({}),
        storage: memoryStorage(),
      })
      // What follows something goes on; what ends must end well.
      const follows = /for await|until\(/.test(example.code)
      const ended = running.then(() => 'ended' as const)
      if (follows) {
        ended.catch((error: unknown) => {
          if (!over || !isWerenodeError(error)) throw error
        })
        await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 400))])
      } else expect(await ended).toBe('ended')
    },
  )
})
