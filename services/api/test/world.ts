import { createInProcessBus, type InProcessBus } from '@werenode/bus'
import type { Address, Clock, Store } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { pino } from 'pino'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { createSiweMessage } from 'viem/siwe'
import { type Api, type ApiOptions, createApi } from '../src/api.ts'
import { type Catalogue, createCatalogue } from '../src/catalogue/catalogue.ts'
import { catalogueCollections } from '../src/catalogue/collections.ts'
import { checkAnswer } from './contract-check.ts'

export const origin = 'http://localhost:8080'
export const chainId = 31_337
const quiet = pino({ level: 'silent' })

/** A whole API with the real store and bus, and a clock to turn. */
export interface World {
  readonly api: Api
  readonly store: Store
  readonly bus: InProcessBus
  readonly catalogue: Catalogue
  readonly clock: Clock & { advance(ms: number): void }
  /** A signed-in driver. */
  driver(account?: PrivateKeyAccount): Promise<Driver>
  close(): Promise<void>
}

export interface Driver {
  readonly account: PrivateKeyAccount
  readonly address: Address
  readonly accessToken: string
  readonly refreshToken: string
  readonly headers: { readonly authorization: string }
}

/** Limits nobody meets by chance; tests of the limits set their own. */
const generous = { perMinute: 1_000_000, burst: 1_000_000 }
const noLimits = {
  browse: generous,
  'sign-in': generous,
  password: generous,
  read: generous,
  quote: generous,
  command: generous,
  faucet: generous,
  stream: generous,
}

export const openWorld = async (options: Partial<ApiOptions> = {}): Promise<World> => {
  let now = Date.parse('2026-11-22T12:00:00.000Z')
  const clock = Object.assign(() => new Date(now), {
    advance: (ms: number) => {
      now += ms
    },
  })
  const store = options.store ?? (await openMemoryStore())
  await store.define(catalogueCollections)
  const bus = await createInProcessBus({ store, clock })
  const catalogue = createCatalogue({ store, bus, clock })
  await catalogue.start()
  const made = createApi({ store, bus, clock, log: quiet, origin, chainId, limits: noLimits, drainMs: 200, ...options })
  await made.ready()
  const api: Api = { ...made, inject: checkedInject(made) }
  return {
    api,
    store,
    bus,
    catalogue,
    clock,
    driver: async (account = privateKeyToAccount(generatePrivateKey())) => {
      const message = await siweMessage(api, account.address, clock())
      const answer = await api.inject({
        method: 'POST',
        url: '/auth/siwe',
        payload: { message, signature: await account.signMessage({ message }) },
      })
      if (answer.statusCode !== 201) throw new Error(`sign-in: ${answer.body}`)
      const { accessToken, refreshToken } = answer.json<{ accessToken: string; refreshToken: string }>()
      const address = account.address.toLowerCase() as Address
      return { account, address, accessToken, refreshToken, headers: { authorization: `Bearer ${accessToken}` } }
    },
    close: async () => {
      await api.stop()
      await catalogue.stop()
      await bus.close()
      await store.close()
    },
  }
}

/** Every answer of every test is held to the OpenAPI document. */
const checkedInject = (api: Api): Api['inject'] =>
  (async (wish: { method?: string; url: string }) => {
    const answer = await api.inject(wish as never)
    checkAnswer(wish.method ?? 'GET', wish.url, answer as never)
    return answer
  }) as never

export const siweMessage = async (
  api: Api,
  address: Address,
  now: Date,
  change: Partial<Parameters<typeof createSiweMessage>[0]> = {},
): Promise<string> => {
  const { nonce } = (await api.inject({ method: 'POST', url: '/auth/siwe/nonce' })).json<{ nonce: string }>()
  return createSiweMessage({
    address,
    chainId,
    domain: 'localhost:8080',
    nonce,
    uri: origin,
    version: '1',
    issuedAt: now,
    ...change,
  })
}
