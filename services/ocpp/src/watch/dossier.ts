import type { Clock, Doc, Store, Stored, WriteOp } from '@werenode/core'
import { keyPart } from '../keep/key.ts'

/** What is known of a station beside its transactions: each entry of a kind under its own key. */
export interface DossierEntry extends Doc {
  /** `<stationId>/<kind>/<key>` */
  readonly _id: string
  readonly stationId: string
  readonly kind: DossierKind
  readonly key: string
  readonly value: unknown
  readonly at: string
}

/** Every kind of knowledge; what is not listed here is not kept. */
export const dossierKinds = {
  setting: 'configuration keys (1.6) and variables (2.x), as the station confirmed them',
  monitor: 'variable monitors and what they reported',
  event: 'events the station notified',
  security: 'security events',
  firmware: 'firmware updates and their progress',
  log: 'diagnostics and log uploads and their progress',
  profile: 'charging profiles, as set and as reported',
  schedule: 'composite schedules, as the station computed them',
  limit: 'charging limits set by others (a building, a grid operator)',
  needs: 'what cars asked for: departure, energy, their own schedules',
  localList: 'the local authorisation list at the station',
  reservation: 'reservations at the station',
  certificate: 'certificates at the station and requests for them',
  display: 'messages on the display',
  customer: 'customer data the station reported',
  network: 'network connection profiles',
  tariff: 'tariffs at the station (2.1)',
  settlement: 'payments at a terminal (2.1)',
  der: 'controls and alarms of distributed energy resources (2.1)',
  stream: 'periodic event streams (2.1)',
  battery: 'battery swaps (2.1)',
  availability: 'what was put out of service',
  exchange: 'the last answer to each command that leaves nothing else behind',
} as const
export type DossierKind = keyof typeof dossierKinds

/** Of each kind and station; a device model has some thousand variables. */
const mostEntries = 5_000

export interface Dossier {
  put(stationId: string, kind: DossierKind, entries: readonly { key: string; value: unknown }[]): Promise<void>
  remove(stationId: string, kind: DossierKind, keys: readonly string[]): Promise<void>
  get(stationId: string, kind: DossierKind, key: string): Promise<Stored<DossierEntry> | undefined>
  /** By key. */
  list(stationId: string, kind: DossierKind): Promise<readonly DossierEntry[]>
}

export const createDossier = ({ store, clock }: { store: Store; clock: Clock }): Dossier => {
  const idOf = (stationId: string, kind: DossierKind, key: string): string => `${stationId}/${kind}/${keyPart(key)}`
  /** A station that never stops telling must not fill the disk: the oldest entries of a kind go. */
  const trim = async (stationId: string, kind: DossierKind): Promise<void> => {
    const excess = (await store.count('ocpp_dossier', { stationId, kind })) - mostEntries
    if (excess <= 0) return
    const { items } = await store.find<DossierEntry>(
      'ocpp_dossier',
      { stationId, kind },
      { sort: [['at', 1]], limit: excess },
    )
    await store.write(items.map(({ _id }) => ({ op: 'delete', in: 'ocpp_dossier', id: _id })))
  }

  return {
    put: async (stationId, kind, entries) => {
      if (entries.length === 0) return
      const at = clock().toISOString()
      const ops = entries.map(({ key, value }): WriteOp => {
        const doc: DossierEntry = { _id: idOf(stationId, kind, key), stationId, kind, key, value, at }
        return { op: 'put', in: 'ocpp_dossier', doc }
      })
      await store.write(ops)
      await trim(stationId, kind)
    },
    remove: async (stationId, kind, keys) => {
      if (keys.length > 0)
        await store.write(keys.map((key) => ({ op: 'delete', in: 'ocpp_dossier', id: idOf(stationId, kind, key) })))
    },
    get: (stationId, kind, key) => store.get('ocpp_dossier', idOf(stationId, kind, key)),
    list: async (stationId, kind) =>
      (await store.find<DossierEntry>('ocpp_dossier', { stationId, kind }, { sort: [['key', 1]], limit: 10_000 }))
        .items,
  }
}
