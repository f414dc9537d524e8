import { isAccepted, type Outgoing } from '../link/outgoing.ts'

interface Request {
  readonly configurationSlot: number
  readonly connectionData: {
    readonly ocppCsmsUrl?: string
    readonly ocppVersion?: string
    readonly ocppTransport?: string
    readonly ocppInterface?: string
    readonly securityProfile?: number
  }
}

/** OCPP 2.0.1 B09. Passwords of networks are the station's to keep, not ours. */
export const SetNetworkProfile: Outgoing<Request, unknown> = {
  action: 'SetNetworkProfile',
  settle: async ({ dossier, stationId, request: { configurationSlot, connectionData }, answer }) => {
    if (!isAccepted(answer)) return
    const { ocppCsmsUrl, ocppVersion, ocppTransport, ocppInterface, securityProfile } = connectionData
    const value = { ocppCsmsUrl, ocppVersion, ocppTransport, ocppInterface, securityProfile }
    await dossier.put(stationId, 'network', [{ key: String(configurationSlot), value }])
  },
}
