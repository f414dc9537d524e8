import { isAccepted } from '../link/outgoing.ts'
import type { OcppVersion } from '../wire/version.ts'

/** Profiles a site owns at a station: one default for each EVSE. `setLimit` and operators use other numbers. */
const firstProfileId = 910_000

/** The message that limits whatever will charge at an EVSE from now on, so that a car that begins unseen keeps to it. */
export const defaultLimit = (
  version: OcppVersion,
  evse: number,
  limitW: number,
): { action: string; payload: object } => {
  const profile = {
    stackLevel: 1,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Absolute',
  }
  const schedule = {
    startSchedule: '2024-01-01T00:00:00.000Z',
    chargingRateUnit: 'W',
    chargingSchedulePeriod: [{ startPeriod: 0, limit: Math.floor(limitW * 10) / 10 }],
  }
  const id = firstProfileId + evse
  return {
    action: 'SetChargingProfile',
    payload:
      version === 'ocpp1.6'
        ? { connectorId: evse, csChargingProfiles: { chargingProfileId: id, ...profile, chargingSchedule: schedule } }
        : { evseId: evse, chargingProfile: { id, ...profile, chargingSchedule: [{ id: 1, ...schedule }] } },
  }
}

export const tookIt = (reply: unknown): boolean => isAccepted((reply as { answer?: unknown } | null)?.answer)
