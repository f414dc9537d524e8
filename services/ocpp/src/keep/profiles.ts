import type { Dossier } from '../watch/dossier.ts'

/** A charging profile at a station, whatever version wrote it. */
export interface KeptProfile {
  readonly evse: number
  readonly purpose: string
  readonly stackLevel: number
  readonly source: 'set' | 'reported'
  readonly profile: unknown
}

export const keepProfile = (dossier: Dossier, stationId: string, id: number, profile: KeptProfile): Promise<void> =>
  dossier.put(stationId, 'profile', [{ key: String(id), value: profile }])

/** Forgets what a station cleared: by id, or all that match the criteria (absent criteria match everything). */
export const forgetProfiles = async (
  dossier: Dossier,
  stationId: string,
  which: {
    id?: number | undefined
    evse?: number | undefined
    purpose?: string | undefined
    stackLevel?: number | undefined
  },
): Promise<void> => {
  if (which.id !== undefined) return dossier.remove(stationId, 'profile', [String(which.id)])
  const keys = (await dossier.list(stationId, 'profile'))
    .filter(({ value }) => {
      const { evse, purpose, stackLevel } = value as KeptProfile
      return (
        (which.evse ?? evse) === evse &&
        (which.purpose ?? purpose) === purpose &&
        (which.stackLevel ?? stackLevel) === stackLevel
      )
    })
    .map(({ key }) => key)
  await dossier.remove(stationId, 'profile', keys)
}
