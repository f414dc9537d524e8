import type { Logger } from 'pino'
import type { Partner } from '../collections.ts'
import type { PartnerRecords } from '../partners/records.ts'
import { kindsOf, type Pulled, type PullReport } from './pull.ts'

/** Pulls every partner now and then, and soon after it registered. One partner's silence does not hold up another. */
export const createSchedule = (deps: {
  records: PartnerRecords
  pull: (partner: Partner, kind: Pulled) => Promise<PullReport>
  log: Logger
  everyMs: number
}) => {
  const { records, pull, log, everyMs } = deps
  const underWay = new Map<string, Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let stopped = true

  const pullAll = async (id: string): Promise<void> => {
    for (const kind of kindsOf(await records.get(id))) {
      if (stopped) return
      const partner = await records.get(id)
      if (partner.state !== 'registered') return
      const report = await pull(partner, kind)
      log.debug({ partnerId: id, ...report }, 'A partner was pulled')
    }
  }

  const soon = (id: string): void => {
    if (stopped || everyMs === 0 || underWay.has(id)) return
    const task = pullAll(id)
      .catch((error: unknown) => log.error({ err: error, partnerId: id }, 'A pull failed inside'))
      .finally(() => underWay.delete(id))
    underWay.set(id, task)
  }

  const round = async (): Promise<void> => {
    for (const partner of await records.list()) if (partner.state === 'registered') soon(partner._id)
    next()
  }
  const next = (): void => {
    if (stopped || everyMs === 0) return
    // transport_and_format, "Pull and Push": a little spread, so that not all pull at once.
    timer = setTimeout(
      () => void round().catch((error: unknown) => log.error({ err: error }, 'Partners could not be listed')),
      everyMs * (0.95 + Math.random() / 10),
    )
    timer.unref()
  }

  return {
    soon,
    start: (): void => {
      stopped = false
      next()
    },
    stop: async (): Promise<void> => {
      stopped = true
      clearTimeout(timer)
      await Promise.all(underWay.values())
    },
  }
}
