import { WerenodeError } from '@werenode/core'
import type { TlsOptions } from '@werenode/ocpp'
import { pemFile } from './pem-file.ts'

/** Where stations of security profiles 2 and 3 come in: TLS on a port of its own. Undefined without a certificate. */
export const stationDoorOf = ({
  port,
  cert,
  key,
  clientCa,
}: {
  readonly port: number
  readonly cert: string | undefined
  readonly key: string | undefined
  readonly clientCa: string | undefined
}): TlsOptions | undefined => {
  if (cert === undefined && key === undefined && clientCa === undefined) return undefined
  if (cert === undefined || key === undefined)
    throw new WerenodeError('invalid-input', 'TLS for charging stations needs a certificate and its key', {
      hint: 'Give both: --ocpp-cert FILE --ocpp-key FILE (PEM).',
    })
  return {
    port,
    cert: pemFile(cert, '--ocpp-cert'),
    key: pemFile(key, '--ocpp-key'),
    ...(clientCa === undefined ? {} : { clientCa: pemFile(clientCa, '--ocpp-client-ca') }),
  }
}
