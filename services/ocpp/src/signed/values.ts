import { createHash } from 'node:crypto'
import { merkleRoot, meterLeaf } from '@werenode/chain'
import type { Doc, Hex, Store, WriteOp } from '@werenode/core'
import type { Reading } from '../meter/reading.ts'
import type { Station } from '../stations/station.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { judgeSigned, type Verdict } from './verdict.ts'

const collection = 'ocpp_signed_values'

/** A signed value of a transaction, verbatim. Never changed, never deleted before its transaction. */
interface SignedValue extends Doc {
  /** `<stationId>/<transactionId>/<time>/<context>` */
  readonly _id: string
  readonly transactionKey: string
  readonly at: string
  readonly context?: string
  readonly original: string
  /** As sent along with it. */
  readonly publicKey?: string
}

export interface JudgedValue {
  readonly at: string
  readonly context?: string
  readonly original: string
  readonly verdict: Verdict
}

export interface SignedValues {
  readonly items: readonly JudgedValue[]
  /** Merkle root over the SHA-256 of the originals, hashed as the receipt's leaves are; undefined where nothing was signed. */
  readonly root?: Hex
}

/** What keeps the signed values of a transaction's readings, to be written with the readings themselves. */
export const signedOps = (key: string, readings: readonly { readonly reading: Reading }[]): WriteOp[] =>
  readings.flatMap(({ reading: { at, context, signed, signedKey } }): WriteOp[] => {
    if (signed === undefined) return []
    const doc: SignedValue = {
      _id: `${key}/${at.getTime()}/${(context ?? '').slice(0, 40)}`,
      transactionKey: key,
      at: at.toISOString(),
      ...(context === undefined ? {} : { context }),
      original: signed,
      ...(signedKey === undefined ? {} : { publicKey: signedKey }),
    }
    return [{ op: 'put', in: collection, doc }]
  })

/** The signed values of a transaction in order of time, each judged by the key its operator registered, else by the key it came with. */
export const signedValuesOf = async (store: Store, transaction: Transaction): Promise<SignedValues> => {
  const station = await store.get<Station>('ocpp_stations', transaction.stationId)
  const pinned = station?.meterKeys?.[String(transaction.evse)]
  const { items } = await store.find<SignedValue>(
    collection,
    { transactionKey: transaction._id },
    { sort: [['at', 1]], limit: 10_000 },
  )
  if (items.length === 0) return { items: [] }
  return {
    items: items.map(({ at, context, original, publicKey }) => ({
      at,
      ...(context === undefined ? {} : { context }),
      original,
      verdict: judgeSigned(original, { pinned, carried: publicKey }),
    })),
    root: merkleRoot(items.map(({ original }) => leafOf(original))),
  }
}

/** The leaves of a transaction's originals in order of time, as they go under a receipt's root. */
export const signedLeavesOf = async (store: Store, transactionKey: string): Promise<readonly Hex[]> => {
  const { items } = await store.find<SignedValue>(collection, { transactionKey }, { sort: [['at', 1]], limit: 10_000 })
  return items.map(({ original }) => leafOf(original))
}

/** The leaf of an original under `root`. */
export const leafOf = (original: string): Hex =>
  meterLeaf(`0x${createHash('sha256').update(original, 'utf8').digest('hex')}`)
