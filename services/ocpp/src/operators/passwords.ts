import { isWerenodeError, type Store, WerenodeError } from '@werenode/core'
import { generatePassword } from '../stations/credentials.ts'
import { dropOldPasswords, rotatePassword, takeBackPassword } from '../stations/register.ts'
import type { Station } from '../stations/station.ts'
import type { OcppVersion } from '../wire/version.ts'
import type { SettingsEditor } from './settings.ts'

/** Exchanges a station's password: by hand, or through the station itself. */
export type Rekey = (
  station: Station,
  tell: { readonly version: OcppVersion } | undefined,
) => Promise<{ readonly password: string; readonly told: boolean }>

/**
 * Told to the station, old and new hold until it answers, and the one it declined ends: it is never locked out by us. By hand the old
 * one ends at once.
 */
export const createRekey =
  ({ store, settings }: { store: Store; settings: SettingsEditor }): Rekey =>
  async ({ _id: stationId, securityProfile }, tell) => {
    if (securityProfile === 0 || securityProfile === 3)
      throw new WerenodeError('conflict', `Station ${stationId} has security profile ${securityProfile}: no password`, {
        hint: 'Change its security profile to 1 or 2 first.',
      })
    const password = generatePassword()
    await rotatePassword({ store }, stationId, password)
    if (!tell) {
      await dropOldPasswords({ store }, stationId)
      return { password, told: false }
    }
    // 1.6 security white paper §3.4: the key travels in hexadecimal. 2.0.1 A01: as it is.
    const wanted =
      tell.version === 'ocpp1.6'
        ? { key: 'AuthorizationKey', value: Buffer.from(password, 'utf8').toString('hex') }
        : { key: 'SecurityCtrlr.BasicAuthPassword', value: password }
    // Without an answer nobody knows which of the two it has: then both hold.
    const status = await settings.put(stationId, tell.version, wanted).catch(async (error: unknown) => {
      if (isWerenodeError(error) && error.code === 'station-offline') await takeBackPassword({ store }, stationId)
      throw error
    })
    if (status === 'Accepted' || status === 'RebootRequired') {
      if (status === 'Accepted') await dropOldPasswords({ store }, stationId)
      return { password, told: true }
    }
    await takeBackPassword({ store }, stationId)
    throw new WerenodeError('station-refused', `Station ${stationId} did not take the new password: ${status}`, {
      hint: 'The old one holds. Change it by hand at the station, with `./werenode station rekey ID --by-hand`.',
    })
  }
