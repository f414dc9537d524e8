/** When something happened, as three clocks say that may each be wrong. ISO 8601. */
export interface Dated {
  readonly stationAt: string
  /** By the process that received it. */
  readonly receivedAt: string
  /** By the process that judges it, which is later; absent: nobody else looked. */
  readonly judgedAt?: string
  /** Queued by the station while it was offline: then it is dated by the station. */
  readonly offline: boolean
}

/** Clocks that are further apart than this do not tell the same time. The contract allows as much (chain.md R29). */
const toleranceMs = 300_000

/**
 * Dates a message: by the station while its clock agrees with ours, otherwise by ours. Ours is that of the process that received it, unless
 * the station and the process that judges agree against it, or it is ahead of the one that judges: nothing is judged before it
 * came, and no receipt that ends in the future is taken by the chain.
 */
export const dateOf = (dated: Dated): { readonly atMs: number; readonly stationIsWrong: boolean } => {
  const station = Date.parse(dated.stationAt)
  const ours = heardMs(dated, station)
  const stationIsWrong = Number.isNaN(station) || (!dated.offline && !agree(station, ours))
  return { atMs: stationIsWrong ? ours : Math.min(station, ours), stationIsWrong }
}

const agree = (a: number, b: number): boolean => Math.abs(a - b) <= toleranceMs

const heardMs = ({ receivedAt, judgedAt, offline }: Dated, station: number): number => {
  const received = Date.parse(receivedAt)
  const judged = judgedAt === undefined ? received : Date.parse(judgedAt)
  const isLive = !offline
  if (agree(received, judged) || (isLive && agree(received, station))) return received
  const isAhead = received > judged
  return isAhead || (isLive && agree(station, judged)) ? judged : received
}
