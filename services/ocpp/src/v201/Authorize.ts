import type { ContractCertificates, OcspRequest } from '../certificates/contracts.ts'
import type { Handler } from '../link/handler.ts'
import type { Authorization, Authorize } from '../transactions/authorize.ts'
import { type IdToken, type IdTokenInfo, idTokenInfo } from './id-token.ts'

/** OCPP 2.0.1 §1.1, C01 to C07. */
interface Request {
  readonly idToken?: IdToken
  /** PEM chain, from stations that cannot check it themselves. */
  readonly certificate?: string
  /** The contract's certificate and those above it, as OCSP asks for them. */
  readonly iso15118CertificateHashData?: readonly OcspRequest[]
}

type CertificateStatus = 'Accepted' | 'CertificateRevoked' | 'NoCertificateAvailable'

interface Answer {
  readonly idTokenInfo: IdTokenInfo
  readonly certificateStatus?: CertificateStatus
}

/**
 * A contract of ISO 15118 is worth what its certificate is worth (C07.FR.04 to FR.06): its id is asked for only when every
 * certificate of the chain is in good standing at the pool.
 */
export const createAuthorize201 =
  ({ authorize, contracts }: { authorize: Authorize; contracts: ContractCertificates }): Handler<Request, Answer> =>
  async ({ idToken, certificate, iso15118CertificateHashData: hashes }, { stationId }) => {
    const byContract = certificate !== undefined || hashes !== undefined
    const certificateStatus = byContract ? await standingOf(contracts, hashes ?? []) : undefined
    const authorization: Authorization =
      certificateStatus === undefined || certificateStatus === 'Accepted'
        ? await authorize({ stationId, idTag: idToken?.idToken ?? '' })
        : { status: 'Invalid', message: 'The contract certificate could not be confirmed' }
    return {
      idTokenInfo: idTokenInfo(authorization),
      ...(certificateStatus === undefined ? {} : { certificateStatus }),
    }
  }

const standingOf = async (
  contracts: ContractCertificates,
  hashes: readonly OcspRequest[],
): Promise<CertificateStatus> => {
  const standings = await Promise.all(hashes.map((one) => contracts.standing(one)))
  if (standings.includes('Revoked')) return 'CertificateRevoked'
  return standings.length > 0 && standings.every((standing) => standing === 'Good')
    ? 'Accepted'
    : 'NoCertificateAvailable'
}
