import type { SessionId } from '../ids.ts'

/**
 * What the EVSE Manager may ask of a plug, whatever protocol it speaks. Sent as a bus request on `station.<stationId>.command`
 * to the process that holds the station's link; nobody there means `no-responder`, at once.
 */
export type StationCommand =
  | {
      readonly verb: 'start'
      readonly evse: number
      readonly connector: number
      readonly sessionId: SessionId
      /** 20 characters (R25); goes to the station as idTag / idToken. */
      readonly idTag: string
      /** OCPP 2.x remoteStartId. */
      readonly remoteStartId: number
      /** Upper bound of the energy this session may take, Wh; for stations that can limit. The same start again may raise it. */
      readonly limitWh?: number
    }
  | {
      readonly verb: 'stop'
      readonly evse: number
      readonly connector: number
      readonly sessionId: SessionId
      readonly transactionId: string
    }
  | { readonly verb: 'unlock'; readonly evse: number; readonly connector: number }
  | {
      readonly verb: 'setLimit'
      readonly evse: number
      readonly transactionId?: string
      /** W; undefined clears the limit. */
      readonly limitW?: number
    }
  | { readonly verb: 'reset'; readonly kind: 'soft' | 'hard'; readonly evse?: number }
  | {
      readonly verb: 'reserve'
      readonly evse: number
      readonly reservationId: number
      readonly idTag: string
      readonly until: string
    }
  | { readonly verb: 'cancelReservation'; readonly reservationId: number }
  | { readonly verb: 'availability'; readonly evse: number; readonly operative: boolean }

export type StationReply =
  | { readonly accepted: true }
  /** `reason` is a sentence for the driver or operator; `retriable` when trying again may help. */
  | { readonly accepted: false; readonly reason: string; readonly retriable: boolean }

/** The bus subject on which the holder of a station's link serves commands. */
export const stationCommandSubject = (stationId: string): string => `station.${subjectPart(stationId)}.command`

/** Escapes an id for use as one part of a subject: anything but letters, digits, `_` and `-` becomes `=XX`. */
export const subjectPart = (id: string): string =>
  Array.from(new TextEncoder().encode(id), (byte) =>
    /[A-Za-z0-9_-]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `=${byte.toString(16).padStart(2, '0')}`,
  ).join('')
