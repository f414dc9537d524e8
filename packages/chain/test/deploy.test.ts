import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  contracts,
  create2Proxy,
  deployLocal,
  deployWerenode,
  isCodeOf,
  testEuro,
  verifyDeployment,
} from '../src/deploy/index.ts'
import { type Anvil, anvilPath, clientFor, startAnvil } from './anvil.ts'
import { actor, funded } from './stage.ts'

const anvil = anvilPath()

describe.skipIf(anvil === undefined)('deploying', () => {
  let node: Anvil
  beforeAll(async () => {
    node = await startAnvil(anvil!)
  }, 30_000)
  afterAll(() => node?.stop())

  it('puts everything at the same addresses every time, and reads it back', async () => {
    const client = clientFor(node.url, funded)
    const steps: string[] = []
    const first = await deployLocal(client, { onProgress: (step) => steps.push(step) })
    const nonce = await client.getTransactionCount({ address: funded.address })
    const second = await deployLocal(client)
    expect(steps).toEqual([
      'TestEuro',
      'OperatorRegistry',
      'P256MeterVerifier',
      'EvseRegistry',
      'EvidenceRules',
      'ChargeEscrow',
    ])
    expect({ ...second, fromBlock: 0n }).toEqual({ ...first, fromBlock: 0n })
    expect(await client.getTransactionCount({ address: funded.address })).toBe(nonce)
  }, 60_000)

  it('refuses parts that were not deployed together, in words', async () => {
    const client = clientFor(node.url, funded)
    const deployed = await deployLocal(client)
    await expect(verifyDeployment(client, { ...deployed, escrow: deployed.verifier })).rejects.toThrow(
      /is not ChargeEscrow as committed/,
    )
    await expect(verifyDeployment(client, { ...deployed, tokens: [] })).rejects.toThrow(/ChargeEscrow.tokens is/)
  }, 60_000)

  it('sets the deployment proxy up where it is missing', async () => {
    const bare = await startAnvil(anvil!, ['--disable-default-create2-deployer'])
    try {
      const client = clientFor(bare.url, funded)
      expect(await client.getCode({ address: create2Proxy })).toBeUndefined()
      const deployed = await deployLocal(client)
      expect(isCodeOf('ChargeEscrow', (await client.getCode({ address: deployed.escrow }))!)).toBe(true)
    } finally {
      await bare.stop()
    }
  }, 60_000)

  it('refuses a chain it does not know unless told otherwise, and test euro anywhere but on the local chain', async () => {
    const other = await startAnvil(anvil!, ['--chain-id', '4711'])
    try {
      const client = Object.assign(clientFor(other.url, funded), { chain: undefined as never })
      await expect(deployWerenode({ client, tokens: [testEuro] })).rejects.toThrow(
        'Chain 4711 is not one Werenode knows',
      )
      await expect(deployLocal(client)).rejects.toThrow(/Test euro belongs on the local chain/)
    } finally {
      await other.stop()
    }
  }, 60_000)

  it('refuses an escrow without tokens', async () => {
    const client = clientFor(node.url, funded)
    await expect(deployWerenode({ client, tokens: [] })).rejects.toThrow(/accept no money/)
  })

  it('says when the sender cannot pay for gas', async () => {
    const poor = clientFor(node.url, actor('a deployer without coin'))
    const token = { ...testEuro, address: actor('some token').address }
    await expect(deployWerenode({ client: poor, tokens: [token] })).rejects.toThrow()
  }, 60_000)
})

describe('committed bytecode', () => {
  it('recognises its own code whatever the constructor was given, and nothing else', () => {
    const { deployed, immutables } = contracts.ChargeEscrow
    const { start, length } = immutables[0]!
    const at = 2 + start * 2
    const filled = `0x${deployed.slice(2, at)}${'ab'.repeat(length)}${deployed.slice(at + length * 2)}` as const
    expect(isCodeOf('ChargeEscrow', filled)).toBe(true)
    expect(isCodeOf('ChargeEscrow', `${filled.slice(0, -2) as '0x'}ff`)).toBe(false)
    expect(isCodeOf('EvseRegistry', filled)).toBe(false)
  })
})
