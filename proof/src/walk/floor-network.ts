import { randomBytes } from 'node:crypto'
import {
  chargeEscrowAbi,
  consentByQuote,
  escrowDomain,
  type MeterRecord,
  merkleRoot,
  meterLeaf,
  openCall,
  operatorIdOf,
  operatorRegistryAbi,
  partyBytes,
  recordDigest,
  sessionIdOf,
  settlementStruct,
  testEuroAbi,
} from '@werenode/chain'
import { deployLocal, localChainId, testEuroAddress } from '@werenode/chain/deploy'
import {
  type Address,
  type ChargeReceipt,
  type ChargeTerms,
  type Hex,
  type SessionId,
  termsToWire,
} from '@werenode/core'
import { createPublicClient, createWalletClient, encodeFunctionData, http, keccak256, maxUint256 } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'

const party = 'FR*WRN'
const gas = 600_000n
const maxFeePerGas = 100_000_000_000n
const [startWh, takenWh] = [1_000_000n, 30n]

/** The contracts on a chain of their own with one operator and a driver's credit, and the two transactions of a charge sent straight. */
export const openFloorNetwork = async (rpcUrl: string, funderKey: Hex, driver: Address) => {
  const operator = privateKeyToAccount(funderKey)
  const meterKey = privateKeyToAccount(generatePrivateKey())
  const chain = {
    id: localChainId,
    name: 'local',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  }
  // As often as the relayer looks at the chain while something is under way.
  const client = createPublicClient({ chain, transport: http(rpcUrl), pollingInterval: 50, cacheTime: 0 })
  const { escrow, operatorRegistry } = await deployLocal(
    createWalletClient({ account: operator, chain, transport: http(rpcUrl), pollingInterval: 20 }),
  )
  let nonce = await client.getTransactionCount({ address: operator.address })
  const send = async (to: Address, data: Hex): Promise<void> => {
    const serializedTransaction = await operator.signTransaction({
      ...{ chainId: chain.id, type: 'eip1559', to, data, nonce: nonce++, gas },
      ...{ maxFeePerGas, maxPriorityFeePerGas: 1_000_000_000n },
    })
    const hash = await client.sendRawTransaction({ serializedTransaction })
    const { status } = await client.waitForTransactionReceipt({ hash })
    if (status !== 'success') throw new Error(`The chain refused ${hash}.`)
  }
  const token = { abi: testEuroAbi, address: testEuroAddress }
  await send(
    operatorRegistry,
    encodeFunctionData({
      abi: operatorRegistryAbi,
      functionName: 'register',
      args: [partyBytes(party), operator.address, ''],
    }),
  )
  const credit = 1_000_000_000_000n
  await send(token.address, encodeFunctionData({ ...token, functionName: 'mint', args: [operator.address, credit] }))
  await send(token.address, encodeFunctionData({ ...token, functionName: 'approve', args: [escrow, maxUint256] }))
  await send(
    escrow,
    encodeFunctionData({ abi: chargeEscrowAbi, functionName: 'deposit', args: [token.address, credit, driver] }),
  )
  const domain = escrowDomain(chain.id, escrow)
  const operatorId = operatorIdOf(chain.id, operatorRegistry, operator.address, party)

  return {
    domain,
    operator,
    meterKey,
    termsOf: (sessionKey: Address) => {
      const now = Math.floor(Date.now() / 1000)
      const terms: ChargeTerms = {
        ...{ driver, operatorId, payee: operator.address, token: token.address, source: 'Credit', sessionKey },
        ...{ evseIdHash: keccak256('0x01'), connector: 1, maxAmount: 25_000_000n, maxPowerW: 165_000 },
        ...{ startFee: 0n, pricePerKWh: 540_000n, pricePerMinute: 0n, idlePerMinute: 0n },
        ...{ tariffHash: keccak256('0x02'), meterKeyHash: keccak256(meterKey.address) },
        ...{ disputeBond: 1_000_000n, disputeWindow: 86_400 },
        ...{
          openBy: now + 600,
          startBy: now + 1500,
          settleBy: now + 400_000,
          salt: `0x${randomBytes(32).toString('hex')}`,
        },
      }
      return { terms: termsToWire(terms), sessionId: sessionIdOf(terms, domain) }
    },
    receiptOf: (terms: ChargeTerms) => {
      const sessionId: SessionId = sessionIdOf(terms, domain)
      const time = Math.floor(Date.now() / 1000)
      const record = { sessionId, time, chargingSeconds: 0, idleSeconds: 0 }
      const start: MeterRecord = { ...record, kind: 'START', wh: startWh, counter: 1 }
      const end: MeterRecord = { ...record, kind: 'END', wh: startWh + takenWh, counter: 2 }
      const receipt: ChargeReceipt = {
        ...{ sessionId, startWh, endWh: startWh + takenWh, startedAt: time, endedAt: time },
        ...{ chargingSeconds: 0, idleSeconds: 0, amount: (takenWh * terms.pricePerKWh) / 1000n },
        meterRoot: merkleRoot([start, end].map((one) => meterLeaf(recordDigest(one, domain)))),
      }
      return { start, end, receipt }
    },
    open: (terms: ChargeTerms, driverSignature: Hex, operatorSignature: Hex) =>
      send(escrow, openCall({ terms, driverSignature, consent: consentByQuote(operator.address, operatorSignature) })),
    settle: (terms: ChargeTerms, receipt: ChargeReceipt, operatorSignature: Hex, sessionSignature: Hex) =>
      send(
        escrow,
        encodeFunctionData({
          abi: chargeEscrowAbi,
          functionName: 'settle',
          args: [
            settlementStruct({ terms, receipt, operatorSigner: operator.address, operatorSignature, sessionSignature }),
          ],
        }),
      ),
  }
}
