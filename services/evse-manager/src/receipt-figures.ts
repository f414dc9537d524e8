import { type ChargeReceipt, type SessionRecord, unixSeconds } from '@werenode/core'

/** How far before the opening the contract lets a delivery begin, seconds (chain.md R29). */
const beforeOpeningS = 300
/** What it allows above the signed power, Wh (R29). */
const slackWh = 100

type Figures = Pick<ChargeReceipt, 'startWh' | 'endWh' | 'startedAt' | 'endedAt' | 'chargingSeconds' | 'idleSeconds'>

/**
 * What is told of a delivery on its receipt, as the contract takes it (R29): begun at most five minutes before the deposit was opened, no
 * more seconds than it lasted, no more energy than the signed power gives in them. Where a clock was wrong these are the
 * least that is sure, on the side of the driver; a receipt that the contract refuses would pay nobody.
 */
export const receiptFigures = (record: SessionRecord): Figures => {
  const seconds = (at: string): number => unixSeconds(new Date(at))
  const earliest =
    record.paid && record.openedAt !== undefined ? seconds(record.openedAt) - beforeOpeningS : Number.NEGATIVE_INFINITY
  const startedAt = Math.max(earliest, seconds(record.startedAt ?? record.createdAt))
  const endedAt = Math.max(startedAt, seconds(record.endedAt ?? record.createdAt))
  const lastedS = endedAt - startedAt
  const chargingSeconds = Math.min(lastedS, Math.floor(record.chargingMs / 1000))
  const startWh = record.startWh ?? 0
  const endWh = record.lastWh ?? startWh
  const mostWh = startWh + Math.floor((record.terms.maxPowerW * lastedS) / 3600) + slackWh
  return {
    startWh: BigInt(startWh),
    endWh: BigInt(record.paid ? Math.min(endWh, mostWh) : endWh),
    startedAt,
    endedAt,
    chargingSeconds,
    idleSeconds: Math.min(lastedS - chargingSeconds, Math.floor(record.idleMs / 1000)),
  }
}
