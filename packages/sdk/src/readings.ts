import type { EventEnvelope, SessionId, VehicleState } from '@werenode/core'
import { jsonIn, type Storage } from './storage.ts'

/** One reading as this device was told it while the charge ran. */
export interface SeenReading {
  /** The meter's own time, ms since 1970. */
  readonly at: number
  /** Since the start of the session. */
  readonly energyWh: number
  readonly state: VehicleState
}

/** What this device saw of its sessions: the evidence it checks a receipt against (R22). */
export interface Readings {
  note(sessionId: SessionId, data: EventEnvelope<'session.meter'>['data']): void
  of(sessionId: SessionId): Promise<readonly SeenReading[]>
  /** Writes what is not written yet. */
  save(sessionId: SessionId): Promise<void>
  forget(sessionId: SessionId): Promise<void>
}

/** Written to storage at most this often. */
const saveEvery = 10

export const createReadings = (storage: Storage): Readings => {
  const memory = new Map<SessionId, SeenReading[]>()
  const unsaved = new Map<SessionId, number>()
  const at = (sessionId: SessionId) => jsonIn<SeenReading[]>(storage, `werenode:readings:${sessionId}`)

  const save = async (sessionId: SessionId): Promise<void> => {
    if (!unsaved.get(sessionId)) return
    unsaved.set(sessionId, 0)
    // A reader that was here before may have written more than this process saw.
    await at(sessionId).set(merge((await at(sessionId).get()) ?? [], memory.get(sessionId) ?? []))
  }

  return {
    note(sessionId, { meterAt, energyWh, suspended }) {
      const seen = memory.get(sessionId) ?? []
      memory.set(sessionId, seen)
      const state = suspended === 'EV' ? 'parking' : suspended === 'EVSE' ? 'suspended' : 'charging'
      seen.push({ at: Date.parse(meterAt), energyWh, state })
      unsaved.set(sessionId, (unsaved.get(sessionId) ?? 0) + 1)
      // They stay in memory and are saved with the next ones.
      if (unsaved.get(sessionId)! >= saveEvery) save(sessionId).catch(() => undefined)
    },
    async of(sessionId) {
      return merge((await at(sessionId).get()) ?? [], memory.get(sessionId) ?? [])
    },
    save,
    async forget(sessionId) {
      memory.delete(sessionId)
      unsaved.delete(sessionId)
      await at(sessionId).delete()
    },
  }
}

const merge = (a: readonly SeenReading[], b: readonly SeenReading[]): SeenReading[] => {
  const all = new Map([...a, ...b].map((reading) => [`${reading.at} ${reading.energyWh} ${reading.state}`, reading]))
  return [...all.values()].sort((one, other) => one.at - other.at || one.energyWh - other.energyWh)
}
