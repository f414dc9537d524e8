import {
  boundMicro,
  escrowDomain,
  merkleProof,
  merkleRoot,
  meterLeaf,
  recordDigest,
  type SigningDomain,
} from '@werenode/chain'
import {
  ask,
  type Bus,
  type ChargeReceipt,
  type Evidence,
  type Hex,
  isWerenodeError,
  receiptToWire,
  type SessionRecord,
  type Store,
  termsFromWire,
} from '@werenode/core'
import { collections } from './collections.ts'
import type { CostMeter } from './cost-meter.ts'
import type { Outcome } from './effects.ts'
import { receiptFigures } from './receipt-figures.ts'

/** Prices an ended session, has its two meter records signed, and builds the receipt the operator signs (chain.md R25). */
export const createReceiptMaker =
  (deps: { store: Store; bus: Bus; cost: CostMeter }) =>
  async (record: SessionRecord): Promise<Outcome> => {
    const price = await deps.cost.final(record)
    const figures = { sessionId: record._id, ...receiptFigures(record) }
    if (!record.paid) {
      const receipt: ChargeReceipt = { ...figures, amount: 0n, meterRoot: `0x${'0'.repeat(64)}` }
      return { type: 'receiptReady', receipt: receiptToWire(receipt) }
    }
    const terms = termsFromWire(record.terms)
    const network = await ask(deps.bus, 'relayer.network', {})
    const { evidence, root } = await signRecords(deps, record, figures, escrowDomain(network.chainId, network.escrow))
    const draft: ChargeReceipt = { ...figures, amount: 0n, meterRoot: root }
    // The ceilings dominate the tariff by construction (R30); the least of these is what the chain will accept, and nobody pays more
    // than the plug's operator bills.
    const amount = [
      price.totalInclVatMicro,
      ...(record.billedMicro === undefined ? [] : [BigInt(record.billedMicro)]),
      BigInt(record.limitMicro),
      boundMicro(terms, { ...figures, energyWh: figures.endWh - figures.startWh }),
    ].reduce((a, b) => (a < b ? a : b))
    const wire = receiptToWire({ ...draft, amount })
    const { signature } = await ask(deps.bus, 'relayer.sign', { what: 'receipt', terms: record.terms, receipt: wire })
    return { type: 'receiptReady', receipt: wire, signature, evidence }
  }

const signRecords = async (
  deps: { store: Store; bus: Bus },
  record: SessionRecord,
  figures: Omit<ChargeReceipt, 'amount' | 'meterRoot'>,
  domain: SigningDomain,
): Promise<{ evidence: Evidence; root: Hex }> => {
  const counter = await nextCounters(deps.store, 2)
  const start = {
    sessionId: record._id,
    kind: 'START' as const,
    wh: figures.startWh.toString(),
    time: figures.startedAt,
    chargingSeconds: 0,
    idleSeconds: 0,
    counter,
  }
  const end = {
    sessionId: record._id,
    kind: 'END' as const,
    wh: figures.endWh.toString(),
    time: figures.endedAt,
    chargingSeconds: figures.chargingSeconds,
    idleSeconds: figures.idleSeconds,
    counter: counter + 1,
  }
  const [signedStart, signedEnd] = await Promise.all([
    ask(deps.bus, 'relayer.sign', { what: 'meterRecord', record: start }),
    ask(deps.bus, 'relayer.sign', { what: 'meterRecord', record: end }),
  ])
  const leafOf = (signed: typeof start | typeof end): Hex =>
    meterLeaf(recordDigest({ ...signed, wh: BigInt(signed.wh) }, domain))
  const originals = await originalsOf(deps.bus, record)
  const leaves = [leafOf(start), leafOf(end), ...originals]
  return {
    evidence: {
      start: { record: start, signature: signedStart.signature, proof: merkleProof(leaves, leafOf(start)) },
      end: { record: end, signature: signedEnd.signature, proof: merkleProof(leaves, leafOf(end)) },
      ...(originals.length === 0
        ? {}
        : { originals: originals.map((leaf) => ({ leaf, proof: merkleProof(leaves, leaf) })) }),
    },
    root: merkleRoot(leaves),
  }
}

/** What the station's own meter signed: further leaves, each once. A house without charging stations has none. */
const originalsOf = async (bus: Bus, { transactionKey }: SessionRecord): Promise<readonly Hex[]> => {
  if (transactionKey === undefined) return []
  try {
    const { leaves } = await ask(bus, 'stations.signedLeaves', { transactionKey })
    return [...new Set(leaves)]
  } catch (error) {
    if (isWerenodeError(error) && error.code === 'no-responder') return []
    throw error
  }
}

interface Counter {
  readonly _id: string
  readonly next: number
}

/** Reserves the next numbers of the gateway meter key: each is signed at most once; a receipt made anew after a crash leaves a gap. Answers the first of `count`. */
const nextCounters = async (store: Store, count: number): Promise<number> => {
  for (;;) {
    const counter = await store.get<Counter>(collections.counters, 'gateway-meter')
    const first = counter?.next ?? 1
    const doc: Counter = { _id: 'gateway-meter', next: first + count }
    try {
      await store.write([
        counter === undefined
          ? { op: 'insert', in: collections.counters, doc }
          : { op: 'replace', in: collections.counters, doc, rev: counter._rev },
      ])
      return first
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'conflict') throw error
    }
  }
}

/** Co-signs a card session's receipt in the issuer's name. */
export const createIssuerCosign =
  (bus: Bus) =>
  async (record: SessionRecord): Promise<Outcome> => {
    if (record.receipt === undefined) return { type: 'effectDone' }
    const { signature } = await ask(bus, 'relayer.sign', {
      what: 'issuerReceipt',
      terms: record.terms,
      receipt: record.receipt,
    })
    return { type: 'cosigned', signature }
  }
