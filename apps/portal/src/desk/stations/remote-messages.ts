import type { OcppVersionName } from '@werenode/core'

/** What an operator may want of a station; `evse` and `connector` are numbers from 1. */
export type RemoteAct =
  | { readonly act: 'start'; readonly evse: number; readonly connector: number; readonly card: string }
  | { readonly act: 'stop'; readonly transactionId: string }
  | { readonly act: 'unlock'; readonly evse: number; readonly connector: number }
  | { readonly act: 'reset'; readonly now: boolean }
  | { readonly act: 'availability'; readonly evse: number; readonly operative: boolean }
  | { readonly act: 'limit'; readonly evse: number; readonly limitW: number }

export interface StationMessage {
  readonly action: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** One profile for all charges at a plug, in watts, from `at` on. */
const limitId = 7_001

/**
 * The message that asks for it, in the words of the version the station speaks. OCPP 1.6 numbers its connectors through the station: its
 * connectorId is our EVSE.
 */
export const messageOf = (version: OcppVersionName, act: RemoteAct, at: Date): StationMessage =>
  version === 'ocpp1.6' ? inOcpp16(act, at) : inOcpp2(act, at)

const inOcpp16 = (wanted: RemoteAct, at: Date): StationMessage => {
  switch (wanted.act) {
    case 'start':
      return { action: 'RemoteStartTransaction', payload: { connectorId: wanted.evse, idTag: wanted.card } }
    case 'stop':
      return { action: 'RemoteStopTransaction', payload: { transactionId: Number(wanted.transactionId) } }
    case 'unlock':
      return { action: 'UnlockConnector', payload: { connectorId: wanted.evse } }
    case 'reset':
      return { action: 'Reset', payload: { type: wanted.now ? 'Hard' : 'Soft' } }
    case 'availability':
      return {
        action: 'ChangeAvailability',
        payload: { connectorId: wanted.evse, type: wanted.operative ? 'Operative' : 'Inoperative' },
      }
    case 'limit':
      return {
        action: 'SetChargingProfile',
        payload: {
          connectorId: wanted.evse,
          csChargingProfiles: {
            chargingProfileId: limitId + wanted.evse,
            stackLevel: 0,
            chargingProfilePurpose: 'TxDefaultProfile',
            chargingProfileKind: 'Absolute',
            chargingSchedule: {
              startSchedule: at.toISOString(),
              chargingRateUnit: 'W',
              chargingSchedulePeriod: [{ startPeriod: 0, limit: wanted.limitW }],
            },
          },
        },
      }
  }
}

const inOcpp2 = (wanted: RemoteAct, at: Date): StationMessage => {
  switch (wanted.act) {
    case 'start':
      return {
        action: 'RequestStartTransaction',
        payload: {
          evseId: wanted.evse,
          remoteStartId: Math.floor(at.getTime() / 1000) % 1_000_000_000,
          idToken: { idToken: wanted.card, type: 'Central' },
        },
      }
    case 'stop':
      return { action: 'RequestStopTransaction', payload: { transactionId: wanted.transactionId } }
    case 'unlock':
      return { action: 'UnlockConnector', payload: { evseId: wanted.evse, connectorId: wanted.connector } }
    case 'reset':
      return { action: 'Reset', payload: { type: wanted.now ? 'Immediate' : 'OnIdle' } }
    case 'availability':
      return {
        action: 'ChangeAvailability',
        payload: { operationalStatus: wanted.operative ? 'Operative' : 'Inoperative', evse: { id: wanted.evse } },
      }
    case 'limit':
      return {
        action: 'SetChargingProfile',
        payload: {
          evseId: wanted.evse,
          chargingProfile: {
            id: limitId + wanted.evse,
            stackLevel: 0,
            chargingProfilePurpose: 'TxDefaultProfile',
            chargingProfileKind: 'Absolute',
            chargingSchedule: [
              {
                id: 1,
                startSchedule: at.toISOString(),
                chargingRateUnit: 'W',
                chargingSchedulePeriod: [{ startPeriod: 0, limit: wanted.limitW }],
              },
            ],
          },
        },
      }
  }
}
