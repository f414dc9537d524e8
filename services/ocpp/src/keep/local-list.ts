import type { Dossier } from '../watch/dossier.ts'

/** An update of a local list, whatever version wrote it. */
export interface LocalListUpdate {
  readonly version: number
  readonly type: 'Full' | 'Differential'
  /** `info` undefined removes the id (1.6 §5.15, 2.0.1 D01.FR.16). */
  readonly entries: readonly { readonly id: string; readonly info: unknown }[]
}

/** Under this key the list's version is kept; no id can be called so. */
export const listVersionKey = '#version'

export const keepLocalList = async (dossier: Dossier, stationId: string, update: LocalListUpdate): Promise<void> => {
  const stays = new Set(update.entries.filter(({ info }) => info !== undefined).map(({ id }) => id))
  const gone =
    update.type === 'Full'
      ? (await dossier.list(stationId, 'localList')).map(({ key }) => key).filter((key) => !stays.has(key))
      : update.entries.filter(({ info }) => info === undefined).map(({ id }) => id)
  await dossier.remove(stationId, 'localList', gone)
  await dossier.put(stationId, 'localList', [
    ...update.entries.filter(({ info }) => info !== undefined).map(({ id, info }) => ({ key: id, value: info })),
    { key: listVersionKey, value: { version: update.version } },
  ])
}
