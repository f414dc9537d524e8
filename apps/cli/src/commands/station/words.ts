import type { SecurityProfile } from '@werenode/core'

/** What a station shows of itself, by OCPP security profile. */
export const profileWords: Readonly<Record<SecurityProfile, string>> = {
  0: '0, whoever knows the identity',
  1: '1, password',
  2: '2, password over TLS',
  3: '3, client certificate',
}
