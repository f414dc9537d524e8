import { privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deployLocal } from '../src/deploy/index.ts'
import { type Anvil, anvilPath, clientFor, startAnvil } from './anvil.ts'

const anvil = anvilPath()
/** The first of the test accounts every local node funds. */
const funded = privateKeyToAccount('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80')

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
})
