import type { Zombies } from '../transactions/zombies.ts'
import type { Connectors, StatusReport } from './connectors.ts'

/** What a connector's word means beyond itself: a free one casts doubt on the transaction that should run there, a charging one clears it. */
export type StatusFlow = (report: StatusReport) => Promise<void>

const lively: readonly string[] = ['Charging', 'SuspendedEV', 'SuspendedEVSE']

export const createStatusFlow =
  ({
    connectors,
    zombies,
    onPause,
  }: {
    connectors: Connectors
    zombies: Zombies
    /** A running transaction paused or went on (1.6 tells it only here). */
    onPause: (report: StatusReport) => Promise<void>
  }): StatusFlow =>
  async (report) => {
    const { stale, changed } = await connectors.report(report)
    if (stale || report.evse === 0) return
    const at = report.at ?? report.receivedAt
    if (report.status === 'Available') await zombies.connectorFree(report.stationId, report.evse, at)
    if (lively.includes(report.status)) {
      await zombies.alive(report.stationId, report.evse)
      if (changed) await onPause(report)
    }
  }
