import { boundMicro } from '@werenode/chain'
import {
  type ChargeReceipt,
  createLiveCost,
  parseTariff,
  priceSession,
  receiptFromWire,
  type SessionView,
  termsFromWire,
} from '@werenode/core'
import type { SeenReading } from './readings.ts'

/** What this device makes of a receipt. */
export type ReceiptVerdict =
  | { readonly holds: true; readonly recomputedMicro: bigint }
  /** In a sentence for the driver. */
  | { readonly holds: false; readonly why: string; readonly recomputedMicro?: bigint }

/** How far the recomputed amount may lie below the receipt's: two cents or one percent, since not every reading reaches a phone. */
const toleranceOf = (amount: bigint): bigint => (amount / 100n > 20_000n ? amount / 100n : 20_000n)

/**
 * Recomputes a receipt's amount from the full tariff and the readings this device saw (R22), and holds its figures to them. Co-sign only
 * what holds; for the rest the dispute window is there.
 *
 * @example
 * const seen = [{ at: Date.now(), energyWh: 12_000, state: 'charging' as const }]
 * const verdict = checkReceipt(session, seen)
 * if (!verdict.holds) console.log(verdict.why)
 */
export const checkReceipt = (view: SessionView, seen: readonly SeenReading[]): ReceiptVerdict => {
  if (!view.receipt) return { holds: false, why: 'There is no receipt yet.' }
  const receipt = receiptFromWire(view.receipt)
  const terms = termsFromWire(view.terms)
  const energyWh = receipt.endWh - receipt.startWh
  const limit = BigInt(view.limitMicro)

  if (receipt.sessionId.toLowerCase() !== view.id) return { holds: false, why: 'The receipt is of another session.' }
  if (energyWh < 0n) return { holds: false, why: 'The receipt’s meter runs backwards.' }
  if (
    receipt.endedAt < receipt.startedAt ||
    receipt.chargingSeconds + receipt.idleSeconds > receipt.endedAt - receipt.startedAt
  )
    return { holds: false, why: 'The receipt counts more time than passed.' }
  if (receipt.amount > limit) return { holds: false, why: 'The receipt is above the limit that was agreed.' }
  if (receipt.amount > boundMicro(terms, { ...receipt, energyWh }))
    return { holds: false, why: 'The receipt is above the price ceiling that was signed.' }

  const unseen = againstReadings(receipt, terms.maxPowerW, seen)
  if (unseen) return { holds: false, why: unseen }

  const recomputed = recompute(view, receipt, seen)
  const recomputedMicro = recomputed < limit ? recomputed : limit
  if (receipt.amount > recomputedMicro + toleranceOf(recomputedMicro))
    return { holds: false, why: 'The receipt asks for more than the tariff and the readings give.', recomputedMicro }
  return { holds: true, recomputedMicro }
}

/** The station reports at intervals: what it may have delivered since the last reading seen is bounded by its power. */
const againstReadings = (
  receipt: ChargeReceipt,
  maxPowerW: number,
  seen: readonly SeenReading[],
): string | undefined => {
  const energyWh = Number(receipt.endWh - receipt.startWh)
  const last = seen.at(-1)
  if (!last) {
    return energyWh === 0 ? undefined : 'This device saw no reading of this charge, so it cannot confirm the energy.'
  }
  if (energyWh < last.energyWh - 1) return undefined
  const secondsAfter = Math.max(0, receipt.endedAt - last.at / 1000) + 5
  const mostWh = last.energyWh + (maxPowerW * secondsAfter) / 3600 + 100
  return energyWh > mostWh
    ? `The receipt says ${energyWh} Wh; the last reading seen was ${last.energyWh} Wh, ${Math.round(secondsAfter)} s before the end.`
    : undefined
}

/** Tariff x (start, readings seen, end). Readings outside the receipt's figures are left out: they are judged above. */
const recompute = (view: SessionView, receipt: ChargeReceipt, seen: readonly SeenReading[]): bigint => {
  const tariff = parseTariff(view.tariff)
  const startMs = receipt.startedAt * 1000
  const endMs = receipt.endedAt * 1000
  const energyWh = Number(receipt.endWh - receipt.startWh)
  if (endMs === startMs)
    return priceSession({
      tariff,
      timeZone: view.timeZone,
      periods: [{ startAt: new Date(startMs), endAt: new Date(endMs), energyWh }],
    }).totalInclVatMicro
  const cost = createLiveCost(tariff, view.timeZone)
  cost.add({ at: new Date(startMs), energyWh: 0, state: 'charging' })
  let reached = 0
  for (const { at, energyWh: wh, state } of seen) {
    if (at <= startMs || at >= endMs || wh < reached || wh > energyWh) continue
    reached = wh
    cost.add({ at: new Date(at), energyWh: wh, state })
  }
  cost.add({ at: new Date(endMs), energyWh })
  return cost.price().totalInclVatMicro
}
