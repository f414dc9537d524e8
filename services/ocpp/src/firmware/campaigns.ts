import { type Clock, type Doc, isWerenodeError, type Store, type Stored, WerenodeError } from '@werenode/core'
import type { Logger } from 'pino'
import type { Tickets } from '../files/tickets.ts'
import type { StationConsole } from '../stations/console.ts'
import type { StationLink } from '../stations/station.ts'
import { firmwareKey } from '../v16/UpdateFirmware.ts'
import type { Dossier } from '../watch/dossier.ts'

/** How far one station is. `waiting`: not asked yet, or away; the other words end it or go on. */
export interface CampaignStep {
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  /** The station's own last word. */
  readonly status?: string
  readonly why?: string
  readonly attempts: number
  readonly askedAt?: string
  readonly requestId?: number
}

/** One firmware for many stations, a few at a time. */
export interface Campaign extends Doc {
  readonly _id: string
  readonly party?: string
  /** Blob of the firmware, or an address stations fetch it from themselves. */
  readonly blobKey?: string
  readonly url?: string
  /** PEM certificate and base64 signature of the maker: the signed way of 1.6 and 2.x. */
  readonly signingCertificate?: string
  readonly signature?: string
  /** Stations that update at the same time. */
  readonly parallel: number
  readonly paused: boolean
  readonly createdAt: string
  readonly steps: Readonly<Record<string, CampaignStep>>
}

export type NewCampaign = Pick<Campaign, '_id' | 'party' | 'blobKey' | 'url' | 'signingCertificate' | 'signature'> & {
  readonly stationIds: readonly string[]
  /** Default 5. */
  readonly parallel?: number
}

export interface CampaignProgress {
  readonly waiting: number
  readonly running: number
  readonly done: number
  readonly failed: number
}

export interface Campaigns {
  begin(campaign: NewCampaign): Promise<void>
  get(campaignId: string): Promise<Campaign | undefined>
  progress(campaignId: string): Promise<CampaignProgress>
  pause(campaignId: string, paused: boolean): Promise<void>
  /** Looks what came of those that run, and asks the next. */
  advance(campaignId: string): Promise<void>
  advanceAll(): Promise<void>
}

const collection = 'ocpp_campaigns'
const mostAttempts = 3
const ticketS = 24 * 3_600
/** A station that says nothing for so long has failed. */
const patienceMs = 2 * 3_600_000
const ending: Readonly<Record<string, 'done' | 'failed'>> = {
  Installed: 'done',
  InstallationFailed: 'failed',
  DownloadFailed: 'failed',
  InvalidSignature: 'failed',
  InstallVerificationFailed: 'failed',
  Rejected: 'failed',
  InvalidCertificate: 'failed',
  RevokedCertificate: 'failed',
}

export const createCampaigns = ({
  store,
  clock,
  log,
  dossier,
  tickets,
  stations,
  filesUrl,
}: {
  store: Store
  clock: Clock
  log: Logger
  dossier: Dossier
  tickets: Tickets
  stations: Pick<StationConsole, 'call'>
  /** Where stations find `/files/`. */
  filesUrl: () => string
}): Campaigns => {
  const named = async (campaignId: string): Promise<Stored<Campaign>> => {
    const campaign = await store.get<Campaign>(collection, campaignId)
    if (campaign) return campaign
    throw new WerenodeError('not-found', `There is no firmware campaign "${campaignId}"`)
  }
  const change = async (campaignId: string, make: (campaign: Campaign) => Campaign): Promise<void> => {
    for (let round = 0; ; round += 1) {
      const { _rev, ...campaign } = await named(campaignId)
      try {
        await store.write([{ op: 'replace', in: collection, doc: make(campaign), rev: _rev }])
        return
      } catch (error) {
        if (!(isWerenodeError(error) && error.code === 'conflict' && round < 8)) throw error
      }
    }
  }
  const step = (campaignId: string, stationId: string, next: (step: CampaignStep) => CampaignStep): Promise<void> =>
    change(campaignId, (campaign) => ({
      ...campaign,
      steps: { ...campaign.steps, [stationId]: next(campaign.steps[stationId]!) },
    }))

  /** The station's last word about the update it was asked for. */
  const heardOf = async (stationId: string, { requestId, askedAt = '' }: CampaignStep): Promise<string | undefined> => {
    const keys = [String(requestId), firmwareKey]
    const entries = await Promise.all(keys.map((key) => dossier.get(stationId, 'firmware', key)))
    const steps = entries.flatMap(
      (entry) => (entry?.value as { steps?: readonly { status: string; at: string }[] } | undefined)?.steps ?? [],
    )
    return steps
      .filter(({ at, status }) => at >= askedAt && status !== 'Idle')
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .at(-1)?.status
  }

  const look = async (campaignId: string, stationId: string, at: CampaignStep): Promise<void> => {
    const status = await heardOf(stationId, at)
    const isOverdue = clock().getTime() - Date.parse(at.askedAt ?? '') > patienceMs
    const end = ending[status ?? ''] ?? (isOverdue ? 'failed' : undefined)
    if (end === undefined && status === at.status) return
    const again = end === 'failed' && at.attempts < mostAttempts
    await step(campaignId, stationId, (now) => ({
      ...now,
      state: end === undefined ? 'running' : again ? 'waiting' : end,
      ...(status === undefined ? {} : { status }),
      ...(end === 'failed' ? { why: isOverdue ? 'It said nothing for too long' : `The station says ${status}` } : {}),
    }))
  }

  const ask = async (campaign: Campaign, stationId: string, version: StationLink['version']): Promise<void> => {
    const { _id, blobKey, signingCertificate, signature } = campaign
    const requestId = Math.floor(Math.random() * 2 ** 31)
    // On record before it is sent: a restart in between must not ask twice.
    await step(_id, stationId, (now) => ({
      state: 'running',
      attempts: now.attempts + 1,
      askedAt: clock().toISOString(),
      requestId,
    }))
    try {
      const location =
        campaign.url ??
        `${filesUrl()}${await tickets.issue({ stationId, verb: 'get', blobKey: blobKey!, expiresInS: ticketS })}`
      const signed =
        signingCertificate === undefined || signature === undefined ? undefined : { signingCertificate, signature }
      const { action, payload } = updateMessage(version, { requestId, location, at: clock().toISOString(), signed })
      const answer = (await stations.call(stationId, action, payload)) as { status?: string }
      if (answer.status !== undefined && answer.status !== 'Accepted' && answer.status !== 'AcceptedCanceled')
        await step(_id, stationId, (now) => ({ ...now, state: 'failed', status: answer.status!, why: 'It declined' }))
    } catch (error) {
      if (!isWerenodeError(error)) throw error
      const why = error.message
      log.info({ stationId, campaignId: _id, why }, 'A station could not be asked to update')
      await step(_id, stationId, (now) => ({ ...now, state: now.attempts < mostAttempts ? 'waiting' : 'failed', why }))
    }
  }

  /** One at a time for each campaign: two that look at once would ask a station twice. */
  const underWay = new Map<string, Promise<void>>()
  const advance: Campaigns['advance'] = (campaignId) => {
    const known = underWay.get(campaignId)
    if (known) return known
    const round = goOn(campaignId).finally(() => underWay.delete(campaignId))
    underWay.set(campaignId, round)
    return round
  }

  const goOn = async (campaignId: string): Promise<void> => {
    const before = await named(campaignId)
    for (const [stationId, at] of Object.entries(before.steps))
      if (at.state === 'running') await look(campaignId, stationId, at)
    const campaign = await named(campaignId)
    if (campaign.paused) return
    let free = campaign.parallel - Object.values(campaign.steps).filter(({ state }) => state === 'running').length
    for (const [stationId, { state }] of Object.entries(campaign.steps)) {
      if (state !== 'waiting' || free <= 0) continue
      const link = await store.get<StationLink>('ocpp_links', stationId)
      if (!link?.connected) continue
      free -= 1
      await ask(campaign, stationId, link.version)
    }
  }

  return {
    begin: async ({ stationIds, parallel = 5, ...more }) => {
      if ((more.blobKey === undefined) === (more.url === undefined))
        throw new WerenodeError('invalid-input', 'A campaign needs a file or an address, one of both')
      const waiting: CampaignStep = { state: 'waiting', attempts: 0 }
      const steps = Object.fromEntries(stationIds.map((stationId) => [stationId, waiting]))
      const doc: Campaign = { ...more, parallel, paused: false, createdAt: clock().toISOString(), steps }
      await store.write([{ op: 'insert', in: collection, doc }])
    },
    get: (campaignId) => store.get(collection, campaignId),
    progress: async (campaignId) => {
      const all = Object.values((await named(campaignId)).steps)
      const count = (state: CampaignStep['state']): number => all.filter((one) => one.state === state).length
      return { waiting: count('waiting'), running: count('running'), done: count('done'), failed: count('failed') }
    },
    pause: (campaignId, paused) => change(campaignId, (campaign) => ({ ...campaign, paused })),
    advance,
    advanceAll: async () => {
      const { items } = await store.find<Campaign>(collection, {}, { limit: 1_000 })
      for (const { _id, steps } of items)
        if (Object.values(steps).some(({ state }) => state === 'waiting' || state === 'running')) await advance(_id)
    },
  }
}

/** 1.6 §6.22, the white paper's signed form where the maker signed it, and 2.0.1 L01. */
const updateMessage = (
  version: StationLink['version'],
  {
    requestId,
    location,
    at,
    signed,
  }: {
    requestId: number
    location: string
    at: string
    signed: { signingCertificate: string; signature: string } | undefined
  },
): { action: string; payload: object } => {
  const firmware = { location, retrieveDateTime: at, ...signed }
  if (version !== 'ocpp1.6') return { action: 'UpdateFirmware', payload: { requestId, retries: 2, firmware } }
  return signed
    ? { action: 'SignedUpdateFirmware', payload: { requestId, retries: 2, firmware } }
    : { action: 'UpdateFirmware', payload: { location, retries: 2, retrieveDate: at } }
}
