import {
  chargeEscrowAbi,
  operatorRegistryAbi,
  partyFromBytes,
  type SigningDomain,
  scopeMask,
  statementFromWire,
  statementTypedData,
} from '@werenode/chain'
import { type Hex, parseAddress, type Requests } from '@werenode/core'
import { decodeFunctionResult, encodeFunctionData, hashTypedData } from 'viem'
import type { ChainRpc } from '../rpc/chain-rpc.ts'
import type { ChainReader } from '../rpc/read-chain.ts'
import type { NetworkFacts } from './network.ts'
import { isSignedOnChain } from './signed-by.ts'

/** The last statement that one operator paid another in this node's asset, at the newest block (R42). */
export const readLastStatement = async (
  reader: ChainReader,
  network: NetworkFacts,
  payerId: Hex,
  payeeId: Hex,
): Promise<{ number: number; periodEnd: number }> => {
  const abi = chargeEscrowAbi
  const functionName = 'lastStatementOf'
  const data = encodeFunctionData({ abi, functionName, args: [payerId, payeeId, network.token] })
  const result = await reader.read(network.escrow, data)
  const [number, periodEnd] = decodeFunctionResult({ abi, functionName, data: result })
  return { number: Number(number), periodEnd }
}

/**
 * Whether one side's signature binds it: the payer's must be one that the contract would pay on (its owner, or a PAY delegate whose
 * daily cap is not below the sum), the payee's one of its owner or of a delegate that may sign receipts.
 */
export const verifyStatement = async (
  context: { rpc: ChainRpc; reader: ChainReader; network: NetworkFacts; domain: SigningDomain },
  { statement: wire, side, signer, signature }: Requests['relayer.verifyStatement']['ask'],
): Promise<Requests['relayer.verifyStatement']['answer']> => {
  const { reader, rpc, network, domain } = context
  const statement = statementFromWire(wire)
  const operatorId = side === 'payer' ? statement.payerId : statement.payeeId
  const abi = operatorRegistryAbi
  const read = (data: Hex): Promise<Hex> => reader.read(network.operatorRegistry, data)
  const partyData = await read(encodeFunctionData({ abi, functionName: 'partyOf', args: [operatorId] }))
  const partyBytes = decodeFunctionResult({ abi, functionName: 'partyOf', data: partyData })
  const party = BigInt(partyBytes) === 0n ? '' : partyFromBytes(partyBytes)
  const no = (reason: string) => ({ valid: false, party, reason })
  if (party === '') return no(`Operator ${operatorId} is not registered on this chain`)

  const account = parseAddress(signer)
  if (side === 'payer') {
    const functionName = 'payAuthority'
    const data = await read(encodeFunctionData({ abi, functionName, args: [operatorId, account] }))
    const [, capPerDay] = decodeFunctionResult({ abi, functionName, data })
    if (capPerDay < statement.total) return no(`${signer} may not pay ${statement.total} micro-euro a day for ${party}`)
  } else {
    const functionName = 'isAuthorised'
    const args = [operatorId, account, scopeMask('RECEIPT')] as const
    const data = await read(encodeFunctionData({ abi, functionName, args }))
    if (!decodeFunctionResult({ abi, functionName, data })) return no(`${signer} may not sign for ${party}`)
  }
  const digest = hashTypedData(statementTypedData(statement, domain) as never)
  if (!(await isSignedOnChain(rpc, account, digest, signature))) return no(`${signer} did not sign this statement`)
  return { valid: true, party }
}
