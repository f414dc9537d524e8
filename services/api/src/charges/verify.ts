import {
  boundMicro,
  escrowDomain,
  isSignedBy,
  merkleHolds,
  meterKeyHash,
  meterKeyOfAddress,
  meterLeaf,
  quoteTypedData,
  receiptTypedData,
  recordDigest,
  recordTypedData,
  sessionIdOf,
  signerOf,
} from '@werenode/chain'
import {
  type Address,
  type ChainNetwork,
  type ChainSession,
  canonicalTariff,
  parseTariff,
  receiptFromWire,
  type SessionEvidence,
  type SessionView,
  type SignedRecord,
  termsFromWire,
} from '@werenode/core'
import { keccak256, stringToHex } from 'viem'

/** What is checked, in the order in which one reads it. */
export const checkNames = [
  'terms',
  'quote',
  'tariff',
  'receipt',
  'cosignature',
  'meter-start',
  'meter-end',
  'merkle',
  'figures',
  'bound',
  'continuity',
  'chain',
] as const
export type CheckName = (typeof checkNames)[number]

export interface Check {
  readonly name: CheckName
  /** `open`: there is nothing to check yet. */
  readonly verdict: 'holds' | 'broken' | 'open'
  /** Who signed, where that is what was found. */
  readonly signer?: Address
  /** A hash or figure to compare by hand. */
  readonly detail?: string
}

/** Everything somebody needs to judge a receipt; all of it is on chain, hashed there, or signed. */
export interface Backed {
  readonly view: SessionView
  readonly backing: SessionEvidence
  readonly network: ChainNetwork
  readonly chain: ChainSession | undefined
  /** Register of the same EVSE at the end of the charge before; undefined: none known. */
  readonly endedBeforeWh: number | undefined
}

/**
 * Judges a receipt from its parts alone, trusting nobody's word: the id is the hash of the terms, signatures are recovered, the meter's
 * records are led up to `meterRoot`, figures are compared, and the chain is asked.
 */
export const verifyReceipt = async ({
  view,
  backing,
  network,
  chain,
  endedBeforeWh,
}: Backed): Promise<readonly Check[]> => {
  const domain = escrowDomain(network.chainId, network.escrow)
  const terms = termsFromWire(view.terms)
  const receipt = view.receipt ? receiptFromWire(view.receipt) : undefined
  const { evidence } = backing
  const verdict = (holds: boolean): Check['verdict'] => (holds ? 'holds' : 'broken')
  const open = (name: CheckName): Check => ({ name, verdict: 'open' })

  const id = sessionIdOf(terms, domain)
  const checks: Check[] = [{ name: 'terms', verdict: verdict(id.toLowerCase() === view.id.toLowerCase()), detail: id }]

  const quoter = await signerOf(quoteTypedData(view.id, domain), backing.operatorSignature)
  checks.push({ name: 'quote', verdict: verdict(quoter !== undefined), ...(quoter ? { signer: quoter } : {}) })
  checks.push(tariffCheck(view))

  if (!receipt || backing.receiptSignature === undefined) checks.push(open('receipt'))
  else {
    const signer = await signerOf(receiptTypedData(receipt, domain), backing.receiptSignature)
    // The same operator holds both keys here; another node's operator may use two.
    checks.push({
      name: 'receipt',
      verdict: verdict(signer !== undefined && signer === quoter),
      ...(signer ? { signer } : {}),
    })
  }
  if (!receipt || backing.cosignature === undefined) checks.push(open('cosignature'))
  else
    checks.push({
      name: 'cosignature',
      verdict: verdict(await isSignedBy(terms.sessionKey, receiptTypedData(receipt, domain), backing.cosignature)),
      signer: terms.sessionKey,
    })

  const record = (signed: SignedRecord) => ({ ...signed.record, wh: BigInt(signed.record.wh) })
  for (const [name, signed] of [
    ['meter-start', evidence?.start],
    ['meter-end', evidence?.end],
  ] as const) {
    if (!signed) checks.push(open(name))
    else {
      const signer = await signerOf(recordTypedData(record(signed), domain), signed.signature)
      const pinned = signer !== undefined && meterKeyHash(meterKeyOfAddress(signer)) === terms.meterKeyHash
      checks.push({
        name,
        verdict: verdict(pinned && signed.record.sessionId === view.id),
        ...(signer ? { signer } : {}),
        detail: `${signed.record.wh} Wh`,
      })
    }
  }

  if (!receipt || !evidence) checks.push(open('merkle'), open('figures'))
  else {
    const holds = [evidence.start, evidence.end].every((signed) =>
      merkleHolds(receipt.meterRoot, meterLeaf(recordDigest(record(signed), domain)), signed.proof),
    )
    checks.push({ name: 'merkle', verdict: verdict(holds), detail: receipt.meterRoot })
    const { start, end } = evidence
    const same =
      BigInt(start.record.wh) === receipt.startWh &&
      BigInt(end.record.wh) === receipt.endWh &&
      end.record.time - start.record.time === receipt.endedAt - receipt.startedAt &&
      end.record.chargingSeconds - start.record.chargingSeconds === receipt.chargingSeconds &&
      end.record.idleSeconds - start.record.idleSeconds === receipt.idleSeconds &&
      end.record.counter > start.record.counter
    checks.push({ name: 'figures', verdict: verdict(same) })
  }

  if (!receipt) checks.push(open('bound'), open('continuity'))
  else {
    const most = boundMicro(terms, { ...receipt, energyWh: receipt.endWh - receipt.startWh })
    checks.push({
      name: 'bound',
      verdict: verdict(receipt.amount <= most && receipt.amount <= BigInt(view.limitMicro)),
      detail: most.toString(),
    })
    // R32: that a register range is billed once is no matter of the chain; whoever looks at two receipts sees it.
    checks.push(
      endedBeforeWh === undefined
        ? open('continuity')
        : {
            name: 'continuity',
            verdict: verdict(BigInt(endedBeforeWh) <= receipt.startWh),
            detail: `${endedBeforeWh} Wh`,
          },
    )
  }

  checks.push(
    chain === undefined || chain.status === 'None'
      ? open('chain')
      : {
          name: 'chain',
          verdict: verdict(chain.status !== 'Voided'),
          detail: `${chain.status}, block ${chain.blockNumber}`,
        },
  )
  // A free charge has no money, so neither escrow nor ceiling nor signed readings.
  return backing.paid
    ? checks
    : checks.filter(({ name }) => name === 'terms' || name === 'tariff' || name === 'continuity')
}

const tariffCheck = (view: SessionView): Check => {
  try {
    const hash = keccak256(stringToHex(canonicalTariff(parseTariff(view.tariff), view.timeZone)))
    return { name: 'tariff', verdict: hash === view.terms.tariffHash ? 'holds' : 'broken', detail: hash }
  } catch {
    // A tariff that cannot be read cannot be the one that was hashed.
    return { name: 'tariff', verdict: 'broken' }
  }
}
