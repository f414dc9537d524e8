import {
  answer,
  type Bus,
  type ChargingStationView,
  type Clock,
  type Party,
  type RequestSubject,
  type Requests,
  type StationRequests,
  type Store,
  type Stored,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import type { Logger } from 'pino'
import type { Tickets } from '../files/tickets.ts'
import type { Campaigns } from '../firmware/campaigns.ts'
import { signedLeavesOf } from '../signed/values.ts'
import type { Sites } from '../smart/site.ts'
import type { StationConsole } from '../stations/console.ts'
import { changeStation, registerStation } from '../stations/register.ts'
import type { Station } from '../stations/station.ts'
import type { TransactionBook } from '../transactions/book.ts'
import type { OcppVersion } from '../wire/version.ts'
import { campaignRequests } from './campaigns.ts'
import { createAskLog } from './logs.ts'
import { createRekey } from './passwords.ts'
import { createSettingsEditor } from './settings.ts'
import { siteRequests } from './sites.ts'
import { talkRequests } from './talk.ts'
import { stationView } from './view.ts'

/** One handler for each request of an operator. */
export type StationHandlers = {
  readonly [S in keyof StationRequests]: (ask: Requests[S]['ask']) => Promise<Requests[S]['answer']>
}

export interface OfficeDeps {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Logger
  readonly stations: StationConsole
  readonly campaigns: Campaigns
  readonly sites: Sites
  readonly book: Pick<TransactionBook, 'openOn'>
  readonly tickets: Tickets
  /** Where stations connect; the second for security profiles 2 and 3, where there is TLS. */
  readonly urls: () => { readonly plain: string; readonly tls: string | undefined }
  readonly filesUrl: () => string
  readonly hasFiles: boolean
  /** Whether something else of this node already has the id: a smart plug. */
  readonly isTaken: (stationId: string) => Promise<boolean>
}

/** A station of the asking party; another's is not told from one that does not exist. */
export type OwnStation = (party: Party, stationId: string) => Promise<Stored<Station>>

/** What operators ask over the bus, each about the stations of their own party alone. */
export const createOffice = (deps: OfficeDeps): { serve(): Unsubscribe } => {
  const { store, bus, clock, log, stations, campaigns, tickets, urls, filesUrl, hasFiles, isTaken } = deps
  const settings = createSettingsEditor(stations)
  const rekey = createRekey({ store, settings })
  const askLog = createAskLog({ stations, tickets, filesUrl })

  const own: OwnStation = async (party, stationId) => {
    const station = await store.get<Station>('ocpp_stations', stationId)
    if (station && station.party === party) return station
    throw new WerenodeError('not-found', `${party} has no charging station "${stationId}"`, {
      hint: '`./werenode station list` shows those it has.',
    })
  }
  const view = async (station: Station): Promise<ChargingStationView> =>
    stationView(station, await stations.get(station._id))
  const ownView = async (party: Party, stationId: string): Promise<ChargingStationView> =>
    view(await own(party, stationId))
  const versionOf = async (stationId: string): Promise<OcppVersion> => {
    const { link, connected } = await stations.get(stationId)
    if (connected && link) return link.version
    throw new WerenodeError('station-offline', `Station ${stationId} is not connected`, {
      hint: 'Wait until it comes back, then try again.',
    })
  }

  const handlers: StationHandlers = {
    'stations.register': async ({ party, station: wanted }) => {
      if (await isTaken(wanted.stationId))
        throw new WerenodeError('conflict', `"${wanted.stationId}" is the id of a smart plug here`, {
          hint: 'Choose another identity.',
        })
      const { station, password } = await registerStation({ store, clock }, { ...wanted, party }, { onlyNew: true })
      const { plain, tls } = urls()
      const needsTls = station.securityProfile >= 2
      const warnings = [
        ...(needsTls && tls === undefined
          ? ['This node has no TLS for stations yet: start it with --ocpp-cert and --ocpp-key']
          : []),
        ...(station.securityProfile === 0
          ? ['Whoever knows this identity is the station: only for private networks']
          : []),
        ...(station.securityProfile === 1 ? ['The password goes over the line as it is: prefer profile 2 or 3'] : []),
      ]
      return {
        station: await view(station),
        url: needsTls ? (tls ?? plain.replace(/^ws:/, 'wss:')) : plain,
        warnings,
        ...(password === undefined ? {} : { user: station._id, password }),
      }
    },

    'stations.list': async ({ party, limit, after }) => {
      const page = await store.find<Station>(
        'ocpp_stations',
        { party },
        { limit, ...(after === undefined ? {} : { after }) },
      )
      const items = await Promise.all(page.items.map(view))
      return { items, ...(page.next === undefined ? {} : { next: page.next }) }
    },

    'stations.get': ({ party, stationId }) => ownView(party, stationId),

    'stations.change': async ({ party, stationId, change: { blocked, ...change } }) => {
      await own(party, stationId)
      if (Object.keys(change).length > 0) await changeStation({ store }, stationId, change)
      if (blocked !== undefined) await stations.block(stationId, blocked)
      return ownView(party, stationId)
    },

    'stations.remove': async ({ party, stationId }) => {
      const station = await own(party, stationId)
      const { open } = await stations.get(stationId)
      if (open.length > 0)
        throw new WerenodeError('conflict', `Station ${stationId} is charging`, {
          hint: 'Wait for the end of its transactions, or stop them.',
        })
      await stations.block(stationId, true)
      await store.write([{ op: 'delete', in: 'ocpp_stations', id: station._id }])
      return {}
    },

    'stations.rekey': async ({ party, stationId, tell }) => {
      const station = await own(party, stationId)
      const told = await rekey(station, tell ? { version: await versionOf(stationId) } : undefined)
      return { user: stationId, ...told }
    },

    'stations.settings': async ({ party, stationId }) => {
      await own(party, stationId)
      return { items: await settings.list(stationId) }
    },

    'stations.readSettings': async ({ party, stationId }) => {
      await own(party, stationId)
      return { items: await settings.read(stationId, await versionOf(stationId)) }
    },

    'stations.putSetting': async ({ party, stationId, key, value }) => {
      await own(party, stationId)
      return { status: await settings.put(stationId, await versionOf(stationId), { key, value }) }
    },

    'stations.askLog': async ({ party, stationId, ...wish }) => {
      await own(party, stationId)
      if (!hasFiles)
        throw new WerenodeError('conflict', 'This node takes no files from stations', {
          hint: 'Give its OCPP service a blob store.',
        })
      return askLog({ stationId, party, version: await versionOf(stationId) }, wish)
    },

    'stations.signedLeaves': async ({ transactionKey }) => ({ leaves: await signedLeavesOf(store, transactionKey) }),

    ...talkRequests({ stations, own }),
    ...campaignRequests({ store, campaigns, own, log, hasFiles }),
    ...siteRequests({ store, sites: deps.sites, book: deps.book, own }),
  }

  return {
    serve: () => {
      const stops = (Object.keys(handlers) as (keyof StationRequests)[]).map((subject) =>
        answer(bus, subject satisfies RequestSubject, handlers[subject] as never),
      )
      return async () => {
        await Promise.all(stops.map((stop) => stop()))
      }
    },
  }
}
