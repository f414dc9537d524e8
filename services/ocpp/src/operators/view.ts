import type {
  ChargingStationView,
  FirmwareCampaignView,
  Party,
  QueuedStationMessage,
  StationTransaction,
} from '@werenode/core'
import type { QueuedCommand } from '../commands/queue.ts'
import type { Campaign } from '../firmware/campaigns.ts'
import type { StationView } from '../stations/console.ts'
import type { Station } from '../stations/station.ts'
import type { Transaction } from '../transactions/transaction.ts'

type Plain = Readonly<Record<string, unknown>>

/** Leaves out what is undefined: over the bus and over HTTP a member is there or it is not. */
const present = <T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never

/** What an operator sees of a station; the hashes of its passwords stay here. */
export const stationView = (station: Station, seen: StationView): ChargingStationView => ({
  stationId: station._id,
  party: station.party as Party,
  securityProfile: station.securityProfile,
  strict: station.strict,
  blocked: station.blocked ?? false,
  meterIntervalS: station.meterIntervalS,
  noPing: station.noPing ?? false,
  wholeSeconds: station.wholeSeconds ?? false,
  meterKeys: Object.keys(station.meterKeys ?? {}),
  passwords: station.credentials.length,
  createdAt: station.createdAt,
  connected: seen.connected,
  connectors: seen.connectors.map(({ evse, connector, status, at, errorCode }) => ({
    evse,
    connector,
    status,
    at,
    ...present({ errorCode }),
  })),
  running: seen.open.map(transactionView),
  ...(seen.link === undefined ? {} : { link: linkView(seen.link) }),
  ...(present({
    label: station.label,
    organisation: station.organisation,
    defaultVersion: station.defaultVersion,
    maxPowerW: station.maxPowerW,
  }) as object),
})

const linkView = (link: NonNullable<StationView['link']>): NonNullable<ChargingStationView['link']> => {
  const { version, connectedAt, disconnectedAt, reason, remoteAddress, boot } = link
  const told = boot && {
    at: boot.at,
    vendor: boot.vendor,
    model: boot.model,
    ...(present({
      serial: boot.serial,
      firmware: boot.firmware,
      meterType: boot.meterType,
      meterSerial: boot.meterSerial,
      reason: boot.reason,
    }) as object),
  }
  return {
    version,
    connectedAt,
    ...(present({ disconnectedAt, reason, remoteAddress }) as object),
    ...(told === undefined ? {} : { boot: told }),
  }
}

export const transactionView = (transaction: Transaction): StationTransaction => ({
  transactionId: transaction.transactionId,
  evse: transaction.evse,
  connector: transaction.connector,
  state: transaction.state,
  startedAt: transaction.startedAt,
  offline: transaction.offline,
  estimated: transaction.estimated ?? false,
  flags: transaction.flags,
  ...(present({
    startWh: transaction.startWh,
    endedAt: transaction.endedAt,
    endWh: transaction.endWh,
    reason: transaction.reason,
    sessionId: transaction.sessionId,
  }) as object),
})

export const queuedView = ({ _id, ...item }: QueuedCommand): QueuedStationMessage => ({
  id: _id,
  action: item.action,
  payload: item.payload as Plain,
  queuedAt: item.queuedAt,
  expiresAt: item.expiresAt,
  state: item.state,
  ...(item.answer === undefined ? {} : { answer: item.answer as Plain }),
  ...(item.why === undefined ? {} : { why: item.why }),
})

/** A campaign's id begins with its party, so that two operators may call theirs the same. */
export const campaignKey = (party: Party, campaignId: string): string => `${party}/${campaignId}`

export const campaignView = (campaign: Campaign): FirmwareCampaignView => {
  const steps = Object.entries(campaign.steps).map(([stationId, { state, status, why, attempts }]) => ({
    stationId,
    state,
    attempts,
    ...(status === undefined ? {} : { status }),
    ...(why === undefined ? {} : { why }),
  }))
  const count = (state: string): number => steps.filter((step) => step.state === state).length
  return {
    campaignId: campaign._id.slice(campaign._id.indexOf('/') + 1),
    signed: campaign.signature !== undefined,
    parallel: campaign.parallel,
    paused: campaign.paused,
    createdAt: campaign.createdAt,
    progress: { waiting: count('waiting'), running: count('running'), done: count('done'), failed: count('failed') },
    steps,
    ...(campaign.blobKey === undefined ? {} : { firmwareId: campaign.blobKey.split('/').at(-1)! }),
    ...(campaign.url === undefined ? {} : { url: campaign.url }),
  }
}
