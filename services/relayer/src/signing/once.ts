import { type Doc, isWerenodeError, type Store, WerenodeError, type WriteOp } from '@werenode/core'
import { collections } from '../rows.ts'

/**
 * What keys have signed, so that they never say two things about one session: a record or receipt may be made again after a crash,
 * but only to the same end or one better for the driver.
 */
export interface SignedOnce {
  /** `figure` may be signed for `id` if nothing was, or if it is not above (or `least`: not below) what was. */
  note(id: string, figure: bigint, better: 'lower' | 'higher'): Promise<void>
  /** Counts an amount against a day's cap, once per id. Throws `terms-refused` when the cap is reached. */
  spend(id: string, day: string, amount: bigint, cap: bigint): Promise<void>
  /** What was counted against a day's cap so far. */
  spentOn(day: string): Promise<bigint>
}

interface FigureRow extends Doc {
  readonly figure: string
}
interface DayRow extends Doc {
  readonly spent: string
}

export const createSignedOnce = (store: Store): SignedOnce => {
  const untilWritten = async (attempt: () => Promise<readonly WriteOp[]>): Promise<void> => {
    for (;;) {
      const ops = await attempt()
      if (ops.length === 0) return
      try {
        await store.write(ops)
        return
      } catch (error) {
        // Somebody signed in the meantime: look again at what was signed.
        if (!isWerenodeError(error) || error.code !== 'conflict') throw error
      }
    }
  }
  const spentOn = async (day: string) => BigInt((await store.get<DayRow>(collections.signed, day))?.spent ?? 0)

  return {
    spentOn,
    note: (id, figure, better) =>
      untilWritten(async () => {
        const before = await store.get<FigureRow>(collections.signed, id)
        const doc: FigureRow = { _id: id, figure: figure.toString() }
        if (!before) return [{ op: 'insert', in: collections.signed, doc }]
        const was = BigInt(before.figure)
        if (figure === was) return []
        if (better === 'lower' ? figure > was : figure < was)
          throw new WerenodeError('terms-refused', `Another figure was signed before for ${id}`, {
            hint: 'A signed reading or receipt can only be replaced by one that is better for the driver.',
          })
        return [{ op: 'replace', in: collections.signed, doc, rev: before._rev }]
      }),
    spend: (id, day, amount, cap) =>
      untilWritten(async () => {
        if (await store.get(collections.signed, id)) return []
        const total = await store.get<DayRow>(collections.signed, day)
        const spent = BigInt(total?.spent ?? 0) + amount
        if (spent > cap)
          throw new WerenodeError('terms-refused', "The issuer's limit for card sessions is reached for today", {
            hint: 'Charge with the app, or raise the daily limit of this node.',
          })
        const doc: DayRow = { _id: day, spent: spent.toString() }
        return [
          { op: 'insert', in: collections.signed, doc: { _id: id, figure: amount.toString() } as FigureRow },
          total
            ? { op: 'replace', in: collections.signed, doc, rev: total._rev }
            : { op: 'insert', in: collections.signed, doc },
        ]
      }),
  }
}
