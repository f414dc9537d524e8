import { createWerenode, memoryStorage, privateKeyWallet, type Storage, type WerenodeOptions } from '@werenode/sdk'
import { generatePrivateKey } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAuthenticator } from './authenticator.ts'
import { createBrowser } from './browser.ts'
import { putDemo } from './demo/put-demo.ts'
import { password, signUp } from './oauth-client.ts'
import { signingManager } from './signing-manager.ts'
import { openWorld, origin, type World } from './world.ts'

const email = 'eve@example.org'
let world: World
let url: string
beforeAll(async () => {
  world = await openWorld()
  signingManager(world.bus, world.clock)
  await putDemo(world.catalogue)
  await signUp(world, email)
  ;({ url } = await world.api.start({ port: 0 }))
})
afterAll(() => world.close())

/** A client of the node at its own origin, and a switch that takes the node away. */
const client = (options: Partial<WerenodeOptions> = {}) => {
  const net = { away: false, answered: [] as string[] }
  const werenode = createWerenode({
    baseUrl: origin,
    clock: world.clock,
    autoSignIn: false,
    fetch: async (input, init) => {
      if (net.away) throw new TypeError('offline')
      const answer = await fetch(String(input).replace(origin, url), init)
      net.answered.push(`${answer.status} ${new URL(String(input)).pathname}`)
      return answer
    },
    ...options,
  })
  return { net, werenode }
}

test('an app signs in on the node’s page; the login outlives the app, and is renewed', async () => {
  const storage: Storage = memoryStorage()
  const begun = client({ storage })
  const address = await begun.werenode.oauth.begin({
    clientId: 'portal',
    redirectUri: `${origin}/callback`,
    locale: 'fr',
  })
  const browser = createBrowser(world.api)
  await browser.go(address)
  const { url: back } = await browser.submit('/password', { email, password })

  // Another start of the app takes the answer.
  const { werenode } = client({ storage })
  const login = await werenode.oauth.finish(back)
  expect(login.scopes).toContain('sessions:write')
  expect((await werenode.api.getAccount()).emails).toEqual([{ email, verified: true }])
  await expect(werenode.oauth.finish(back)).rejects.toMatchObject({ code: 'not-authenticated' })

  world.clock.advance(16 * 60_000)
  expect((await client({ storage }).werenode.api.getAccount()).accountId).toBe(login.accountId)
  const { items } = await werenode.api.listLogins()
  expect(items.find(({ current }) => current)?.loginId).toBe(login.loginId)
  await werenode.signOut()
  expect(await werenode.login()).toBeUndefined()
})

test.each([
  ['of a sign-in this app did not begin', (back: URL) => back.searchParams.set('state', 'x')],
  ['of another node', (back: URL) => back.searchParams.set('iss', 'https://evil.example')],
  ['that says no', (back: URL) => back.searchParams.delete('code')],
])('an answer %s is refused', async (_what, change) => {
  const { werenode } = client()
  const browser = createBrowser(world.api)
  await browser.go(await werenode.oauth.begin({ clientId: 'portal', redirectUri: `${origin}/callback` }))
  const back = new URL((await browser.submit('/password', { email, password })).url)
  change(back)
  await expect(werenode.oauth.finish(back.href)).rejects.toMatchObject({ code: 'not-authenticated' })
})

test('a device signs in while a person types its code elsewhere', async () => {
  const { werenode } = client()
  const signingIn = new Promise<string>((resolve, reject) => {
    werenode.oauth
      .device({ clientId: 'cli' }, async ({ userCode, verificationUri }) => {
        const browser = createBrowser(world.api)
        await browser.go(verificationUri)
        await browser.submit('/device', { user_code: userCode })
        await browser.submit('/device', { confirm: 'yes' })
        await browser.submit('/password', { email, password })
      })
      .then(({ accountId }) => resolve(accountId), reject)
  })
  expect(await signingIn).toBe((await werenode.api.getAccount()).accountId)
}, 30_000)

test('a passkey signs in through the SDK', async () => {
  const { werenode } = client({ wallet: privateKeyWallet(generatePrivateKey()) })
  const { accountId } = await werenode.signIn()
  const authenticator = createAuthenticator()
  const options = (await werenode.api.createPasskeyRegistration()) as { challenge: string }
  await werenode.api.addPasskey({ body: { name: 'Phone', response: authenticator.create(options) } })
  const other = client().werenode
  const login = await other.signInWithPasskey(async (wish) => authenticator.get(wish as { challenge: string }))
  expect(login.accountId).toBe(accountId)
})

test('every operation is there by name; public ones need no login', async () => {
  const { werenode } = client()
  const { items } = await werenode.api.listLocations({ query: { limit: '2' } })
  expect(items).toHaveLength(2)
  const { location } = await werenode.api.getLocation({ params: { locationId: items[0]!.id } })
  expect(location.name).toBe(items[0]!.name)
  expect(await werenode.api.getEvseQr({ params: { evseId: 'FR*WRN*E000001' } })).toContain('<svg')
  await expect(werenode.api.getAccount()).rejects.toMatchObject({ code: 'not-authenticated' })
})

test('while the node is away the last places are shown, and said to be old', async () => {
  const { werenode, net } = client()
  const wish = { near: { lat: 48.85, lon: 2.35, radiusM: 50_000 } }
  const fresh = await werenode.locations.search(wish)
  expect(werenode.offline.asOf()).toBeUndefined()
  net.away = true
  expect(await werenode.locations.search(wish)).toEqual(fresh)
  expect(werenode.offline.asOf()).toEqual(world.clock())
  await expect(werenode.locations.search({ words: 'never asked' })).rejects.toMatchObject({ code: 'no-responder' })
  net.away = false
  await werenode.locations.search(wish)
  expect(werenode.offline.asOf()).toBeUndefined()
})

test('a stop that cannot be sent waits, survives the app, and is sent once the node is back', async () => {
  const storage = memoryStorage()
  const wallet = privateKeyWallet(generatePrivateKey())
  const { werenode, net } = client({ storage, wallet })
  await werenode.signIn()
  const session = await werenode.open(await werenode.quote({ evseId: 'FR*WRN*E000001' }))
  net.away = true
  expect(await werenode.offline.stop(session.id)).toEqual({ sent: false })
  expect(await werenode.offline.stop(session.id)).toEqual({ sent: false })

  const again = client({ storage, wallet })
  expect(await again.werenode.offline.pending()).toMatchObject([{ kind: 'stop', sessionId: session.id }])
  again.net.away = true
  expect(await again.werenode.offline.flush()).toEqual({ sent: 0, dropped: [], left: 1 })
  again.net.away = false
  expect(await again.werenode.offline.flush()).toEqual({ sent: 1, dropped: [], left: 0 })
  expect(again.net.answered.filter((one) => one.includes('/stop'))).toEqual([`200 /v1/sessions/${session.id}/stop`])
})

test('what the node refuses for good is dropped from what waits, and told', async () => {
  const storage = memoryStorage()
  const { werenode, net } = client({ storage, wallet: privateKeyWallet(generatePrivateKey()) })
  await werenode.signIn()
  net.away = true
  const nobodys = `0x${'9'.repeat(64)}`
  await werenode.offline.stop(nobodys)
  net.away = false
  expect(await werenode.offline.flush()).toMatchObject({ sent: 0, dropped: [{ sessionId: nobodys }], left: 0 })
})

test('a wallet is put on an account that had none, and pays for it; one of another account is not', async () => {
  const owner = 'ida@example.org'
  await signUp(world, owner)
  const wallet = privateKeyWallet(generatePrivateKey())
  const { werenode } = client({ wallet })
  const { accountId } = await werenode.signInWithPassword(owner, password)
  await expect(werenode.credit()).rejects.toMatchObject({ code: 'not-allowed' })
  expect(await werenode.linkWallet()).toBe(wallet.address.toLowerCase())
  expect(await werenode.login()).toMatchObject({ accountId, address: wallet.address.toLowerCase() })
  expect((await werenode.credit()).address).toBe(wallet.address.toLowerCase())
  expect((await client({ wallet }).werenode.signIn()).accountId).toBe(accountId)

  const taken = client({ wallet }).werenode
  await signUp(world, 'udo@example.org')
  await taken.signInWithPassword('udo@example.org', password)
  await expect(taken.linkWallet()).rejects.toMatchObject({ code: 'conflict' })
})
