import {
  boundMicro,
  type ChainStatus,
  chargeEscrowAbi,
  escrowEvents,
  sessionStatuses,
  type TermsStruct,
  termsFromStruct,
} from '@werenode/chain'
import type { Address, ChargeReceipt, ChargeTerms, Hex } from '@werenode/core'
import { BaseError, decodeFunctionData, formatLog, numberToHex } from 'viem'
import type { Reader } from '../chain/client.ts'
import type { Deployment } from '../chain/deployment.ts'

/** One thing the chain says of a session. */
export interface Step {
  readonly name: string
  readonly block: bigint
  readonly txHash: Hex
  readonly args: Readonly<Record<string, unknown>>
}

/** A session as the chain alone tells it. */
export interface Charge {
  readonly sessionId: Hex
  readonly terms: ChargeTerms
  readonly status: ChainStatus
  readonly heldMicro: bigint
  readonly amountMicro: bigint
  /** cancelAt, disputeUntil or proveUntil, by status; unix seconds. */
  readonly deadlineS: number
  readonly openedAtS: number
  readonly steps: readonly Step[]
  readonly paidMicro?: bigint
  readonly returnedMicro?: bigint
}

/** The receipt an operator proposed, with its signature, as the proposal's own calldata carries them. */
export interface Proposal {
  readonly receipt: ChargeReceipt
  readonly operatorSigner: Address
  readonly operatorSignature: Hex
}

const abi = chargeEscrowAbi

/** Every session this account opened, newest first. */
export const sessionsOf = async (
  reader: Reader,
  { addresses }: Deployment,
  driver: Address,
): Promise<readonly Hex[]> => {
  const logs = await reader.getContractEvents({
    address: addresses.escrow,
    abi,
    eventName: 'SessionOpened',
    args: { driver },
    fromBlock: addresses.fromBlock,
  })
  return logs.map(({ args }) => args.sessionId!).reverse()
}

/** Everything the chain says of a session; undefined while its opening is not mined. */
export const readCharge = async (
  reader: Reader,
  { addresses }: Deployment,
  sessionId: Hex,
): Promise<Charge | undefined> => {
  const [record, raw] = await Promise.all([
    reader.readContract({ address: addresses.escrow, abi, functionName: 'sessionOf', args: [sessionId] }),
    // Whatever the event: a session's id is the first indexed field of each of its own.
    reader.request({
      method: 'eth_getLogs',
      params: [
        {
          address: addresses.escrow,
          topics: [null, sessionId],
          fromBlock: numberToHex(addresses.fromBlock),
          toBlock: 'latest',
        },
      ],
    }),
  ])
  const mine = escrowEvents(raw.map((log) => formatLog(log)))
  const opened = mine.find(({ eventName }) => eventName === 'SessionOpened')
  if (opened === undefined) return undefined
  const terms = termsFromStruct((opened.args as unknown as { terms: TermsStruct }).terms)
  const steps = mine.map(({ eventName, blockNumber, transactionHash, args }) => ({
    name: eventName as string,
    block: blockNumber ?? 0n,
    txHash: transactionHash!,
    args: args as Record<string, unknown>,
  }))
  const ended = steps.find(({ name }) => ['SessionSettled', 'SessionCancelled', 'SessionReclaimed'].includes(name))
  const disputed = steps.find(({ name }) => name === 'SessionDisputed')
  const paid = ended === undefined ? undefined : BigInt((ended.args.paid as bigint | undefined) ?? 0n)
  const undisputed = BigInt((disputed?.args.undisputedAmount as bigint | undefined) ?? 0n)
  return {
    sessionId,
    terms,
    status: sessionStatuses[record.status]!,
    heldMicro: record.held,
    amountMicro: record.amount,
    deadlineS: record.deadline,
    openedAtS: record.openedAt,
    steps,
    ...(paid === undefined
      ? {}
      : { paidMicro: paid + undisputed, returnedMicro: limitOf(terms, steps) - paid - undisputed }),
  }
}

const limitOf = (terms: ChargeTerms, steps: readonly Step[]): bigint =>
  steps.reduce((most, { name, args }) => (name === 'SessionToppedUp' ? (args.newMax as bigint) : most), terms.maxAmount)

/** Reads what was proposed from the transaction that proposed it; undefined when another contract made the call. */
export const readProposal = async (reader: Reader, charge: Charge): Promise<Proposal | undefined> => {
  const step = charge.steps.find(({ name }) => name === 'SessionProposed')
  if (step === undefined) return undefined
  const { input } = await reader.getTransaction({ hash: step.txHash })
  try {
    const call = decodeFunctionData({ abi, data: input })
    if (call.functionName !== 'propose') return undefined
    const [, receipt, operatorSigner, operatorSignature] = call.args
    return receipt.sessionId === charge.sessionId ? { receipt, operatorSigner, operatorSignature } : undefined
  } catch (error) {
    // Sent through somebody's own contract: the receipt cannot be shown, so it is not co-signed here (R22).
    if (error instanceof BaseError) return undefined
    throw error
  }
}

/** The most the signed prices allow for what the receipt says was delivered. */
export const boundOfReceipt = (terms: ChargeTerms, receipt: ChargeReceipt): bigint =>
  boundMicro(terms, {
    energyWh: receipt.endWh - receipt.startWh,
    chargingSeconds: receipt.chargingSeconds,
    idleSeconds: receipt.idleSeconds,
  })

/** What the driver can do now, by the session's status and the chain's time. */
export const choicesOf = (charge: Charge, nowS: number): ReadonlySet<string> => {
  const { status, terms, deadlineS } = charge
  const live = status === 'Open' || status === 'CancelRequested' || status === 'Started'
  const may = new Set<string>()
  if (live && nowS <= terms.settleBy) may.add('stop')
  if (status === 'Open' && nowS > terms.startBy && nowS <= terms.settleBy) may.add('requestCancel')
  if (status === 'CancelRequested' && nowS > deadlineS) may.add('finaliseCancel')
  if (live && nowS > terms.settleBy) may.add('reclaim')
  if (status === 'Proposed') may.add('cosign')
  if (status === 'Proposed' && nowS <= deadlineS) may.add('dispute')
  if ((status === 'Proposed' || status === 'Disputed') && nowS > deadlineS) may.add('finalise')
  return may
}
