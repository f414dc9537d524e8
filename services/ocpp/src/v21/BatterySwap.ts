import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.1 S: batteries put into or taken out of a swap station. */
interface Request {
  readonly eventType?: 'BatteryIn' | 'BatteryOut' | 'BatteryOutTimeout'
  readonly requestId?: number
  readonly idToken?: { readonly idToken?: string }
  readonly batteryData?: readonly unknown[]
}

export const createBatterySwap =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ eventType = 'BatteryIn', requestId = 0, idToken, batteryData = [] }, { stationId, receivedAt }) => {
    const value = { idTag: idToken?.idToken ?? '', batteries: batteryData, receivedAt: receivedAt.toISOString() }
    await dossier.put(stationId, 'battery', [{ key: `${requestId}/${eventType}`, value }])
    return {}
  }
