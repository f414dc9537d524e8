import { createHash } from 'node:crypto'
import {
  ask,
  type BlobStore,
  type Bus,
  firmwareBlobKey,
  type Party,
  type Principal,
  type RequestSubject,
  type Requests,
  type Store,
  stationLogBlobKey,
  WerenodeError,
} from '@werenode/core'
import type { stationAccess } from '../contract/stations-access.ts'
import type { Handlers } from '../http/handler.ts'
import type { Audit } from '../identity/audit.ts'
import { mustActFor } from '../routes/parties.ts'
import { logAsLines } from './export.ts'

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> }
/** Query members that were not given are absent behind the edge. */
const present = <T extends object>(members: T): Partial<Present<T>> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Present<T>>

/** Asking a station takes longer than asking a service. */
const patience = { timeoutMs: 28_000 }
const usualTimeoutS = 20

/** Charging stations are the OCPP service's; here it is seen to that an operator meets their own party's only. */
export const stationRoutes = (deps: {
  store: Store
  bus: Bus
  blobs: BlobStore | undefined
  clock: () => Date
  audit: Audit
}): Pick<Handlers, keyof typeof stationAccess> => {
  const { store, bus, clock, audit } = deps
  const want = <S extends RequestSubject>(
    principal: Principal,
    subject: S,
    payload: Requests[S]['ask'] & { readonly party: Party },
  ): Promise<Requests[S]['answer']> => {
    mustActFor(principal, payload.party)
    return ask(bus, subject, payload, patience)
  }
  const note = (
    principal: Principal,
    act: keyof typeof stationAccess,
    party: Party,
    subject: string,
    details: Readonly<Record<string, unknown>> = {},
  ): Promise<unknown> => store.write([audit.note({ principal, act, party, subject, details })])
  const files = (): BlobStore => {
    if (deps.blobs) return deps.blobs
    throw new WerenodeError('not-found', 'This node keeps no files', { hint: 'Configure its blob store.' })
  }

  return {
    listStations: ({ principal, params, query: { limit, after } }) =>
      want(principal, 'stations.list', { ...params, limit, ...present({ after }) }),

    registerStation: async ({ principal, params: { party }, body }) => {
      const setup = await want(principal, 'stations.register', { party, station: body })
      await note(principal, 'registerStation', party, body.stationId)
      return setup
    },

    getStation: ({ principal, params }) => want(principal, 'stations.get', params),

    changeStation: async ({ principal, params, body }) => {
      const view = await want(principal, 'stations.change', { ...params, change: body })
      const { meterKeys: _, ...details } = body
      await note(principal, 'changeStation', params.party, params.stationId, details)
      return view
    },

    removeStation: async ({ principal, params }) => {
      await want(principal, 'stations.remove', params)
      await note(principal, 'removeStation', params.party, params.stationId)
      return undefined
    },

    rekeyStation: async ({ principal, params, body }) => {
      const fresh = await want(principal, 'stations.rekey', { ...params, ...body })
      await note(principal, 'rekeyStation', params.party, params.stationId, { told: fresh.told })
      return fresh
    },

    sendToStation: async ({ principal, params, body: { timeoutS = usualTimeoutS, ...body } }) => {
      const sent = await want(principal, 'stations.send', { ...params, ...body, timeoutMs: timeoutS * 1_000 })
      await note(principal, 'sendToStation', params.party, params.stationId, { action: body.action })
      return sent
    },

    listQueuedStationCommands: ({ principal, params }) => want(principal, 'stations.queued', params),

    withdrawStationCommand: async ({ principal, params }) => {
      await want(principal, 'stations.withdraw', params)
      await note(principal, 'withdrawStationCommand', params.party, params.commandId)
      return undefined
    },

    listStationMessages: ({ principal, params, query: { limit, ...filter } }) =>
      want(principal, 'stations.messages', { ...params, limit, ...present(filter) }),

    exportStationMessages: ({ principal, params, query }) =>
      logAsLines((page) => want(principal, 'stations.messages', { ...params, ...present(query), ...page }), clock()),

    listStationSettings: ({ principal, params }) => want(principal, 'stations.settings', params),

    readStationSettings: ({ principal, params }) => want(principal, 'stations.readSettings', params),

    putStationSetting: async ({ principal, params, body }) => {
      const told = await want(principal, 'stations.putSetting', { ...params, ...body })
      await note(principal, 'putStationSetting', params.party, params.stationId, { key: body.key, ...told })
      return told
    },

    listStationFacts: ({ principal, params }) => want(principal, 'stations.facts', params),

    listStationTransactions: ({ principal, params, query: { limit } }) =>
      want(principal, 'stations.transactions', { ...params, limit }),

    getStationSignedValues: ({ principal, params }) => want(principal, 'stations.signedValues', params),

    listStationOrphans: ({ principal, params }) => want(principal, 'stations.orphans', params),

    listStationDeviations: ({ principal, params }) => want(principal, 'stations.deviations', params),

    askStationLog: async ({ principal, params, body }) => {
      const asked = await want(principal, 'stations.askLog', { ...params, ...body })
      await note(principal, 'askStationLog', params.party, params.stationId, { fileId: asked.fileId })
      return asked
    },

    getStationLog: async ({ principal, params: { party, fileId } }) => {
      mustActFor(principal, party)
      const log = await files().get(stationLogBlobKey(party, fileId))
      if (log) return log.bytes
      throw new WerenodeError('not-found', `${party} has no log ${fileId}, or the station has not left it yet`)
    },

    putFirmware: async ({ principal, params: { party, firmwareId }, body }) => {
      mustActFor(principal, party)
      const sha256 = createHash('sha256').update(body).digest('hex')
      await files().put(firmwareBlobKey(party, firmwareId), body, { contentType: 'application/octet-stream' })
      await note(principal, 'putFirmware', party, firmwareId, { bytes: body.length, sha256 })
      return { firmwareId, bytes: body.length, sha256 }
    },

    beginFirmwareCampaign: async ({ principal, params: { party }, body }) => {
      mustActFor(principal, party)
      const { campaignId, firmwareId } = body
      if (firmwareId !== undefined && !(await deps.blobs?.get(firmwareBlobKey(party, firmwareId))))
        throw new WerenodeError('not-found', `${party} has put no firmware "${firmwareId}" here`, {
          hint: 'Put it here first: ./werenode station firmware FILE.',
        })
      const campaign = await want(principal, 'stations.beginCampaign', { party, campaign: body })
      await note(principal, 'beginFirmwareCampaign', party, campaignId, { stations: body.stationIds.length })
      return campaign
    },

    listFirmwareCampaigns: ({ principal, params }) => want(principal, 'stations.campaigns', params),

    getFirmwareCampaign: ({ principal, params }) => want(principal, 'stations.campaign', params),

    pauseFirmwareCampaign: async ({ principal, params, body }) => {
      const campaign = await want(principal, 'stations.pauseCampaign', { ...params, ...body })
      await note(principal, 'pauseFirmwareCampaign', params.party, params.campaignId, body)
      return campaign
    },

    listStationSites: ({ principal, params }) => want(principal, 'stations.sites', params),

    getStationSite: ({ principal, params }) => want(principal, 'stations.site', params),

    putStationSite: async ({ principal, params, body }) => {
      const site = await want(principal, 'stations.putSite', { ...params, site: body })
      await note(principal, 'putStationSite', params.party, params.siteId, { limitW: body.limitW })
      return site
    },

    removeStationSite: async ({ principal, params }) => {
      const told = await want(principal, 'stations.removeSite', params)
      await note(principal, 'removeStationSite', params.party, params.siteId)
      return told
    },

    putDepartureTarget: async ({ principal, params, body }) => {
      const site = await want(principal, 'stations.siteTarget', { ...params, ...body })
      await note(principal, 'putDepartureTarget', params.party, params.siteId, { stationId: body.stationId })
      return site
    },
  }
}
