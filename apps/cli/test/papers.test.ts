import { readFileSync } from 'node:fs'
import { ask } from '@werenode/core'
import { createWerenode, privateKeyWallet, type Werenode } from '@werenode/sdk'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createSiweMessage } from 'viem/siwe'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse, until } from './house.ts'

/** What is left of a charge when it is over: receipt, page, PDF, notices, figures; all of it made by the whole house. */

const lyon = 'FR*WRN*E000003'
const key = generatePrivateKey()
let house: House
let driver: Werenode
let headers: { authorization: string }

beforeAll(async () => {
  house = await openHouse({ manager: { startTimeoutS: 20, cosignTimeoutS: 10 } })
  driver = createWerenode({ baseUrl: house.node.origin, wallet: privateKeyWallet(key) })
  await driver.signIn()
  await driver.faucet(50_000_000n)
  await until(async () => (await driver.credit()).creditMicro >= 50_000_000n, 20_000, 'the test euro')
  headers = { authorization: `Bearer ${await signIn()}` }
}, 120_000)
afterAll(() => house?.close(), 60_000)

const get = (path: string) => fetch(`${house.node.origin}${path}`, { headers })
const json = async <T>(path: string): Promise<T> => (await (await get(path)).json()) as T

const signIn = async (as: `0x${string}` = key): Promise<string> => {
  const account = privateKeyToAccount(as)
  const post = async (path: string, body?: object) =>
    (await (
      await fetch(`${house.node.origin}${path}`, {
        method: 'POST',
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      })
    ).json()) as Record<string, string & number>
  const { nonce, domain, uri, chainId } = await post('/auth/siwe/nonce')
  const message = createSiweMessage({
    address: account.address,
    chainId: chainId!,
    domain: domain!,
    nonce: nonce!,
    uri: uri!,
    version: '1',
  })
  return (await post('/auth/siwe', { message, signature: await account.signMessage({ message }) })).accessToken!
}

/** Of who runs the node. */
const operatorKey = (): `0x${string}` =>
  (JSON.parse(readFileSync(house.operatorKey, 'utf8')) as { privateKey: `0x${string}` }).privateKey

it('a charge leaves a receipt that holds for anyone, a PDF whose hash it tells, notices and figures', async () => {
  const simulator = await house.station('WRN-LYON-1', {})
  try {
    await until(
      async () =>
        ['AVAILABLE', 'BLOCKED'].includes(
          (await ask(house.bus, 'catalogue.offer', { evseId: lyon as never, connector: 1 })).status,
        ),
      20_000,
      'the plug to be free',
    )
    const { id } = await driver.open(await driver.quote({ evseId: lyon }))
    void (async () => {
      for await (const _event of driver.live(id));
    })().catch(() => undefined)
    await until(async () => (await driver.session(id)).energyWh >= 20, 30_000, 'some energy')
    await driver.stop(id)
    await until(async () => (await driver.session(id)).receipt !== undefined, 30_000, 'the receipt')
    await driver.cosign(id)
    await until(async () => (await driver.session(id)).state === 'settled', 30_000, 'the settlement')

    const receipt = await json<{ holds: string; checks: { name: string; verdict: string }[] }>(`/v1/receipts/${id}`)
    expect(receipt.checks.filter(({ verdict }) => verdict === 'broken')).toEqual([])
    expect(receipt.holds).toBe('holds')
    const page = await (await fetch(`${house.node.origin}/r/${id}`, { headers: { 'accept-language': 'fr' } })).text()
    expect(page).toContain('Tout ce qui peut être vérifié est exact.')

    const pdf = await get(`/v1/sessions/${id}/receipt.pdf`)
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    const hash = await crypto.subtle.digest('SHA-256', await pdf.arrayBuffer())
    const { documents } = await json<{ documents: { sha256: string }[] }>(`/v1/receipts/${id}`)
    expect(documents).toMatchObject([{ sha256: Buffer.from(hash).toString('hex') }])

    const kinds = async (): Promise<string[]> =>
      (await json<{ items: { kind: string }[] }>('/v1/account/notices')).items.map(({ kind }) => kind)
    await until(async () => (await kinds()).includes('refund'), 20_000, 'the notice of the refund')
    expect(await kinds()).toEqual(expect.arrayContaining(['started', 'stopped', 'refund']))
    const tile = await get('/v1/tiles/5/16/11')
    expect([tile.status, (await tile.arrayBuffer()).byteLength > 100]).toEqual([200, true])
  } finally {
    await simulator.kill()
  }
}, 120_000)

it('a driver on the operator’s list charges for nothing, with the same plug and app', async () => {
  const operator = {
    authorization: `Bearer ${await signIn(operatorKey())}`,
    'content-type': 'application/json',
  }
  const friend = privateKeyToAccount(key).address
  const body = JSON.stringify({ driver: friend, label: 'Friend' })
  const added = await fetch(`${house.node.origin}/v1/parties/FR*WRN/free-users`, {
    method: 'POST',
    headers: operator,
    body,
  })
  expect(added.status).toBe(201)
  const simulator = await house.station('WRN-LYON-1', {})
  try {
    await until(
      async () =>
        ['AVAILABLE', 'BLOCKED'].includes(
          (await ask(house.bus, 'catalogue.offer', { evseId: lyon as never, connector: 1 })).status,
        ),
      20_000,
      'the plug to be free',
    )
    const before = (await driver.credit()).creditMicro
    const view = await driver.open(await driver.quote({ evseId: lyon }))
    expect(view).toMatchObject({ door: 'free', terms: { maxAmount: '0' } })
    await until(async () => (await driver.session(view.id)).energyWh >= 10, 30_000, 'some energy')
    await driver.stop(view.id)
    await until(async () => (await driver.session(view.id)).state === 'settled', 30_000, 'the end')
    expect((await driver.credit()).creditMicro).toBe(before)
  } finally {
    await simulator.kill()
  }
}, 120_000)
