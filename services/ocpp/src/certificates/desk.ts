import type { Clock } from '@werenode/core'
import type { Logger } from 'pino'
import type { Dossier } from '../watch/dossier.ts'

/** Makes certificates for stations. The node's own authority, or a company's. */
export interface CertificateAuthority {
  /**
   * Signs a PEM request for the station of this identity; resolves with the PEM chain, the station's own first. Throws when the
   * request is not for this station or breaks the authority's rules.
   */
  sign(stationId: string, csr: string, type: string): Promise<string>
}

export interface CertificateDesk {
  /** Keeps the request; Accepted when an authority will work on it. */
  request(stationId: string, csr: string, type: string): Promise<'Accepted' | 'Rejected'>
}

/** The answer to SignCertificate comes at once, the certificate later by CertificateSigned (OCPP 2.0.1 A02.FR.05). */
export const createCertificateDesk = ({
  dossier,
  clock,
  log,
  authority,
  deliver,
}: {
  dossier: Dossier
  clock: Clock
  log: Logger
  authority: CertificateAuthority | undefined
  deliver: (stationId: string, chain: string, type: string) => Promise<void>
}): CertificateDesk => ({
  request: async (stationId, csr, type) => {
    const isRequest = /-----BEGIN (NEW )?CERTIFICATE REQUEST-----/.test(csr)
    const status = authority && isRequest ? 'Accepted' : 'Rejected'
    const value = { csr, type, status, at: clock().toISOString() }
    await dossier.put(stationId, 'certificate', [{ key: `request/${type}`, value }])
    if (!authority) log.warn({ stationId }, 'A station asked for a certificate, but no certificate authority is set up')
    if (status === 'Accepted')
      void authority!
        .sign(stationId, csr, type)
        .then((chain) => deliver(stationId, chain, type))
        .catch((error) => log.warn({ stationId, err: error }, 'A certificate was not made'))
    return status
  },
})
