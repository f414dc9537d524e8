import { keepProfile } from '../keep/profiles.ts'
import { type Call, isAccepted, type Outgoing, statusOf } from '../link/outgoing.ts'

interface Request {
  readonly connectorId: number
  readonly csChargingProfiles: {
    readonly chargingProfileId: number
    readonly stackLevel: number
    readonly chargingProfilePurpose: string
  }
}

/** OCPP 1.6 §5.16. */
export const SetChargingProfile: Outgoing<Request, unknown> = {
  action: 'SetChargingProfile',
  settle: async ({ dossier, stationId, request: { connectorId, csChargingProfiles: profile }, answer }) => {
    if (isAccepted(answer))
      await keepProfile(dossier, stationId, profile.chargingProfileId, {
        evse: connectorId,
        purpose: profile.chargingProfilePurpose,
        stackLevel: profile.stackLevel,
        source: 'set',
        profile,
      })
  },
}

/** One constant limit for a running transaction (TxProfile) or a connector (TxDefaultProfile). */
export const limitPower = async (
  call: Call,
  limit: { connectorId: number; transactionId: number | undefined; limitW: number },
): Promise<string> =>
  statusOf(
    await call(SetChargingProfile.action, {
      connectorId: limit.connectorId,
      csChargingProfiles: {
        chargingProfileId: limitProfileId,
        ...(limit.transactionId === undefined ? {} : { transactionId: limit.transactionId }),
        stackLevel: 0,
        chargingProfilePurpose: limit.transactionId === undefined ? 'TxDefaultProfile' : 'TxProfile',
        chargingProfileKind: limit.transactionId === undefined ? 'Absolute' : 'Relative',
        chargingSchedule: {
          chargingRateUnit: 'W',
          ...(limit.transactionId === undefined ? { startSchedule: '2024-01-01T00:00:00.000Z' } : {}),
          chargingSchedulePeriod: [{ startPeriod: 0, limit: limit.limitW }],
        },
      },
    }),
  )

/** The one profile `setLimit` owns at a station; operators' own profiles use other numbers. */
export const limitProfileId = 900_001
