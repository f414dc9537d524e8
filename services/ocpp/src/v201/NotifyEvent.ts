import { type Component, type Variable, variableKey } from '../keep/variables.ts'
import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'
import { parseStationTime } from '../wire/station-time.ts'

/** OCPP 2.0.1 N07, N08. */
interface Request {
  readonly eventData?: readonly {
    readonly eventId?: number
    readonly timestamp?: string
    readonly trigger?: string
    readonly actualValue?: string
    readonly cleared?: boolean
    readonly variableMonitoringId?: number
    readonly eventNotificationType?: string
    readonly severity?: number
    readonly component?: Component
    readonly variable?: Variable
    readonly [member: string]: unknown
  }[]
}

export const createNotifyEvent =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ eventData = [] }, { stationId, receivedAt }) => {
    await dossier.put(
      stationId,
      'event',
      eventData.map(({ component, variable, timestamp, eventId = 0, ...rest }) => {
        const at = (parseStationTime(timestamp) ?? receivedAt).toISOString()
        // Numbers begin anew after a boot; the time keeps them apart.
        return { key: `${at} ${eventId}`, value: { at, eventId, variable: variableKey(component, variable), ...rest } }
      }),
    )
    return {}
  }
