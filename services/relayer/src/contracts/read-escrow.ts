import { chargeEscrowAbi, sessionStatuses, testEuroAbi } from '@werenode/chain'
import type { Address, ChainIntent, ChainSession, Hex, SessionId } from '@werenode/core'
import { decodeFunctionResult, encodeFunctionData } from 'viem'
import type { ChainReader } from '../rpc/read-chain.ts'
import type { NetworkFacts } from './network.ts'

export interface OnChain {
  readonly status: ChainSession['status']
  readonly heldMicro: bigint
}

/** `block` undefined: the newest. */
export const readSession = async (
  reader: ChainReader,
  network: NetworkFacts,
  sessionId: SessionId,
  block?: bigint,
): Promise<OnChain> => {
  const data = encodeFunctionData({ abi: chargeEscrowAbi, functionName: 'sessionOf', args: [sessionId] })
  const result = await reader.read(network.escrow, data, block)
  const session = decodeFunctionResult({ abi: chargeEscrowAbi, functionName: 'sessionOf', data: result })
  return { status: sessionStatuses[session.status] ?? 'None', heldMicro: session.held }
}

/** What the account holds inside the escrow and in its wallet, micro-euro. */
export const readCredit = async (
  reader: ChainReader,
  network: NetworkFacts,
  account: Address,
  block?: bigint,
): Promise<{ readonly creditMicro: bigint; readonly walletMicro: bigint; readonly withdrawNonce: bigint }> => {
  const credit = encodeFunctionData({
    abi: chargeEscrowAbi,
    functionName: 'creditOf',
    args: [account, network.token],
  })
  const wallet = encodeFunctionData({ abi: testEuroAbi, functionName: 'balanceOf', args: [account] })
  const nonce = encodeFunctionData({
    abi: chargeEscrowAbi,
    functionName: 'withdrawNonceOf',
    args: [account, network.token],
  })
  const [inside, outside, next] = await Promise.all([
    reader.read(network.escrow, credit, block),
    reader.read(network.token, wallet, block),
    // A number that was used in a block not yet deep is used.
    reader.read(network.escrow, nonce),
  ])
  return { creditMicro: BigInt(inside), walletMicro: BigInt(outside), withdrawNonce: BigInt(next) }
}

const opened: ReadonlySet<ChainSession['status']> = new Set([
  'Open',
  'CancelRequested',
  'Started',
  'Proposed',
  'Disputed',
  'Settled',
  'Cancelled',
  'Reclaimed',
])

/** The session's status is the judge of whether an intent is done, whoever's transaction did it. */
export const isDone = (intent: ChainIntent, session: OnChain): boolean => {
  const { status } = session
  switch (intent.kind) {
    case 'open':
      return opened.has(status)
    case 'void':
      return status === 'Voided'
    case 'topUp':
      return (status === 'Open' || status === 'Started') && session.heldMicro >= BigInt(intent.newMaxMicro)
    case 'acknowledgeStart':
      return status === 'Started' || status === 'Proposed' || status === 'Disputed' || status === 'Settled'
    case 'propose':
      return status === 'Proposed' || status === 'Disputed' || status === 'Settled'
    case 'settle':
    case 'finalise':
    case 'prove':
      return status === 'Settled'
    case 'cancel':
    case 'finaliseCancel':
      return status === 'Cancelled'
    case 'reclaim':
      return status === 'Reclaimed'
    case 'faucet':
    case 'publish':
    case 'payStatement':
    case 'withdraw':
      return false
  }
}

export const settledInBatch = (result: Hex): number =>
  Number(decodeFunctionResult({ abi: chargeEscrowAbi, functionName: 'settleBatch', data: result }))
