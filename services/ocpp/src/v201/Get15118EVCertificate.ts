import type { ContractCertificates } from '../certificates/contracts.ts'
import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.0.1 M01, M02: a car asks for its contract certificate; its words pass through us unread. */
interface Request {
  readonly iso15118SchemaVersion?: string
  readonly action?: 'Install' | 'Update'
  readonly exiRequest?: string
}

interface Answer {
  readonly status: 'Accepted' | 'Failed'
  readonly exiResponse: string
}

export const createGet15118EVCertificate =
  ({ contracts, dossier }: { contracts: ContractCertificates; dossier: Dossier }): Handler<Request, Answer> =>
  async ({ iso15118SchemaVersion = '', action = 'Install', exiRequest = '' }, { stationId, receivedAt }) => {
    const answer = await contracts.evCertificate({
      stationId,
      schemaVersion: iso15118SchemaVersion,
      action,
      exiRequest,
    })
    const value = { action, schemaVersion: iso15118SchemaVersion, status: answer.status, at: receivedAt.toISOString() }
    await dossier.put(stationId, 'certificate', [{ key: 'ev', value }])
    return answer
  }
