import type { Dossier } from '../watch/dossier.ts'

const secret = /authorizationkey|password|(^|\.)pin$/i

/** A configuration key or variable, as the station confirmed it. */
export interface Setting {
  readonly key: string
  readonly value: string | undefined
  readonly readonly?: boolean | undefined
  /** It holds after the next boot. */
  readonly rebootRequired?: boolean
}

/** Keeps settings; of secret ones only that they were set. */
export const keepSettings = (dossier: Dossier, stationId: string, settings: readonly Setting[]): Promise<void> =>
  dossier.put(
    stationId,
    'setting',
    settings.map(({ key, value, readonly, rebootRequired }) => ({
      key,
      value: {
        ...(secret.test(key) ? { secret: true } : value === undefined ? {} : { value }),
        ...(readonly === undefined ? {} : { readonly }),
        ...(rebootRequired ? { rebootRequired } : {}),
      },
    })),
  )
