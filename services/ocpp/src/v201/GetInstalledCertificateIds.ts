import { type CertificateHashData, keepReported } from '../keep/certificates.ts'
import type { Outgoing } from '../link/outgoing.ts'

interface Answer {
  readonly certificateHashDataChain?: readonly {
    readonly certificateType?: string
    readonly certificateHashData?: CertificateHashData
    readonly childCertificateHashData?: readonly CertificateHashData[]
  }[]
}

/** OCPP 2.0.1 M03. */
export const GetInstalledCertificateIds: Outgoing<unknown, Answer> = {
  action: 'GetInstalledCertificateIds',
  settle: ({ dossier, stationId, answer }) =>
    keepReported(
      dossier,
      stationId,
      (answer.certificateHashDataChain ?? []).flatMap((chain) =>
        [chain.certificateHashData ?? {}, ...(chain.childCertificateHashData ?? [])].map((hash) => ({
          type: chain.certificateType ?? '',
          hash,
        })),
      ),
    ),
}
