import type { ContractCertificates, OcspRequest } from '../certificates/contracts.ts'
import { serialOf } from '../keep/certificates.ts'
import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.1 M: the standing of several certificates at once. */
interface Request {
  readonly certificateStatusRequests?: readonly {
    readonly source?: 'CRL' | 'OCSP'
    readonly urls?: readonly string[]
    readonly certificateHashData?: OcspRequest
  }[]
}

interface Answer {
  readonly certificateStatus: readonly {
    readonly certificateHashData: unknown
    readonly source: string
    readonly status: 'Good' | 'Revoked' | 'Unknown' | 'Failed'
    readonly nextUpdate: string
  }[]
}

/** Asked again after a day. */
const nextUpdateMs = 86_400_000

export const createGetCertificateChainStatus =
  ({ contracts, dossier }: { contracts: ContractCertificates; dossier: Dossier }): Handler<Request, Answer> =>
  async ({ certificateStatusRequests = [] }, { stationId, receivedAt }) => {
    const nextUpdate = new Date(receivedAt.getTime() + nextUpdateMs).toISOString()
    const certificateStatus = await Promise.all(
      certificateStatusRequests.map(async ({ source = 'OCSP', urls = [], certificateHashData = {} }) => {
        const request = { ...certificateHashData, ...(urls[0] === undefined ? {} : { responderURL: urls[0] }) }
        const status = (await contracts.standing(request)) ?? 'Failed'
        return { certificateHashData, source, status, nextUpdate } as const
      }),
    )
    await dossier.put(
      stationId,
      'certificate',
      certificateStatus.map(({ certificateHashData, status }) => ({
        key: `ocsp/${serialOf(certificateHashData.serialNumber)}`,
        value: { status, at: receivedAt.toISOString() },
      })),
    )
    return { certificateStatus }
  }
