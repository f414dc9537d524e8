import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keccak256, parseEther, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AddressBookJson, addressBook } from '../src/addresses.ts'
import { deployCreate2 } from '../src/deploy/create2.ts'
import { contracts, ensureCreate2Proxy, testEuro } from '../src/deploy/index.ts'
import { type Anvil, anvilPath, clientFor, startAnvil } from './anvil.ts'
import { actor, funded } from './stage.ts'

const program = fileURLToPath(new URL('../bin/deploy.ts', import.meta.url))
const deployer = 'a deployer'
const key = keccak256(toHex(deployer))

describe.skipIf(anvilPath() === undefined)('the deployment program', () => {
  let node: Anvil
  let folder: string
  beforeAll(async () => {
    node = await startAnvil(anvilPath()!, ['--chain-id', '4711'])
    folder = await mkdtemp(join(tmpdir(), 'werenode-deploy-'))
    const client = Object.assign(clientFor(node.url, funded), { chain: undefined as never })
    await ensureCreate2Proxy(client)
    // A euro that lives there already, and coins for gas.
    await deployCreate2(client, keccak256(toHex('werenode test euro')), contracts.TestEuro.creation)
    await client.sendTransaction({ to: actor(deployer).address, value: parseEther('1'), chain: null })
    await writeFile(join(folder, 'deploy.json'), JSON.stringify({ rpcUrl: node.url, tokens: [testEuro] }))
  }, 60_000)
  afterAll(async () => {
    await node.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const run = (config: string, args: readonly string[], deployKey?: string): Promise<readonly [boolean, string]> =>
    new Promise((resolve) => {
      // The same program starts over and over: compiling it once is enough.
      const base = { PATH: process.env.PATH, NODE_COMPILE_CACHE: join(folder, 'compiled') }
      const env = { ...base, ...(deployKey === undefined ? {} : { WERENODE_DEPLOY_KEY: deployKey }) }
      execFile(process.execPath, [program, join(folder, config), ...args], { env }, (error, out, err) =>
        resolve([error === null, out + err]),
      )
    })
  const book = async (): Promise<AddressBookJson> =>
    JSON.parse(await readFile(join(folder, 'addresses.json'), 'utf8')) as AddressBookJson

  it('refuses a chain it does not know, and says how to go on', async () => {
    expect(await run('deploy.json', [], key)).toEqual([
      false,
      expect.stringMatching(/Chain 4711 is not one Werenode knows.*allow unknown chains/),
    ])
    await expect(book()).rejects.toThrow()
  }, 60_000)

  it('deploys with the flag, reads back, enters the addresses, and finds the same ones again', async () => {
    const [ok, text] = await run('deploy.json', ['--allow-unknown-chain'], key)
    expect(text).toContain('read back')
    expect(ok).toBe(true)
    expect(text).not.toContain(key)
    const first = await book()
    expect(addressBook(first).of(4711).tokens).toEqual([testEuro])
    expect((await run('deploy.json', ['--allow-unknown-chain'], key))[0]).toBe(true)
    expect(await book()).toEqual(first)
  }, 120_000)

  it('verifies what the book names, without a key', async () => {
    expect(await run('deploy.json', ['--verify'])).toEqual([
      true,
      expect.stringContaining('everything is as committed'),
    ])
    const entry = (await book())['4711']!
    const wrong = { '4711': { ...entry, escrow: entry.verifier } }
    await writeFile(join(folder, 'false.json'), JSON.stringify(wrong))
    await writeFile(join(folder, 'wrong.json'), JSON.stringify({ rpcUrl: node.url, addressBook: 'false.json' }))
    expect(await run('wrong.json', ['--verify'])).toEqual([
      false,
      expect.stringContaining('is not ChargeEscrow as committed'),
    ])
  }, 60_000)

  it.each([
    ['{', 'is not JSON'],
    ['{}', 'rpcUrl'],
    ['{"rpcUrl":"http://127.0.0.1:9","tokens":[{"address":"0x12"}]}', 'token'],
  ])('says what is wrong with the config %s', async (text, words) => {
    await writeFile(join(folder, 'bad.json'), text)
    expect(await run('bad.json', [], key)).toEqual([false, expect.stringContaining(words)])
  })

  it('asks for a key without showing what it got', async () => {
    expect(await run('deploy.json', [], '0xsecret')).toEqual([false, expect.not.stringContaining('secret')])
  })
})
