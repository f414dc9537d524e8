import { keepProfile } from '../keep/profiles.ts'
import { type Call, isAccepted, type Outgoing, statusOf } from '../link/outgoing.ts'

interface Request {
  readonly evseId: number
  readonly chargingProfile: {
    readonly id: number
    readonly stackLevel: number
    readonly chargingProfilePurpose: string
  }
}

/** OCPP 2.0.1 K01. */
export const SetChargingProfile: Outgoing<Request, unknown> = {
  action: 'SetChargingProfile',
  settle: async ({ dossier, stationId, request: { evseId, chargingProfile: profile }, answer }) => {
    if (isAccepted(answer))
      await keepProfile(dossier, stationId, profile.id, {
        evse: evseId,
        purpose: profile.chargingProfilePurpose,
        stackLevel: profile.stackLevel,
        source: 'set',
        profile,
      })
  },
}

/** One constant limit for a running transaction (TxProfile) or an EVSE (TxDefaultProfile). */
export const limitPower201 = async (
  call: Call,
  limit: { evseId: number; transactionId: string | undefined; limitW: number },
): Promise<string> =>
  statusOf(
    await call(SetChargingProfile.action, {
      evseId: limit.evseId,
      chargingProfile: {
        id: limitProfileId201,
        stackLevel: 0,
        chargingProfilePurpose: limit.transactionId === undefined ? 'TxDefaultProfile' : 'TxProfile',
        chargingProfileKind: limit.transactionId === undefined ? 'Absolute' : 'Relative',
        ...(limit.transactionId === undefined ? {} : { transactionId: limit.transactionId }),
        chargingSchedule: [
          {
            id: 1,
            chargingRateUnit: 'W',
            ...(limit.transactionId === undefined ? { startSchedule: '2024-01-01T00:00:00.000Z' } : {}),
            chargingSchedulePeriod: [{ startPeriod: 0, limit: limit.limitW }],
          },
        ],
      },
    }),
  )

export const limitProfileId201 = 900_001
