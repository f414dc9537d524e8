import { z } from 'zod'
import type { Contract } from './contract.ts'
import { cursor, isoTime, pageLimit, party } from './schemas/primitives.ts'
import {
  departureTarget,
  firmwareCampaign,
  queuedStationMessage,
  station,
  stationFact,
  stationFrame,
  stationId,
  stationOrphan,
  stationSetting,
  stationSettings,
  stationSetup,
  stationSignedValues,
  stationSite,
  stationSiteEvse,
  stationTransaction,
} from './schemas/stations.ts'

const ofParty = z.strictObject({ party })
const oneStation = z.strictObject({ party, stationId })
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/)
const oneCampaign = z.strictObject({ party, campaignId: fileName })
const oneSite = z.strictObject({ party, siteId: fileName })
const mostFirmwareBytes = 64 * 1024 * 1024

const messageFilter = {
  containing: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Only frames with this text in them, e.g. StopTransaction.' }),
  direction: z.enum(['in', 'out']).optional().meta({ description: '`in`: what the station sent.' }),
  after: isoTime.optional().meta({ description: 'From this time on.' }),
}
const stationErrors = ['not-found', 'no-responder'] as const
const commandErrors = [...stationErrors, 'station-offline', 'station-refused', 'station-timeout', 'timeout'] as const

export const stationContracts = {
  listStations: {
    summary: "List a party's charging stations with their state",
    tag: 'stations',
    params: ofParty,
    query: z.strictObject({ limit: pageLimit(500, 100), after: cursor.optional() }),
    answer: {
      status: 200,
      words: 'Stations.',
      schema: z.object({ items: z.array(station), next: z.exactOptional(z.string()) }),
    },
    errors: ['no-responder'],
  },
  registerStation: {
    summary: 'Let a charging station in',
    description: 'Answers what to type into the station; its password is shown once and kept as a hash.',
    tag: 'stations',
    params: ofParty,
    body: z.strictObject({
      stationId,
      password: z.exactOptional(z.string().min(16).max(40).describe('Profiles 1 and 2; one is made when left out.')),
      ...stationSettings,
    }),
    answer: { status: 201, words: 'How to set up the station.', schema: stationSetup },
    errors: ['conflict', 'no-responder'],
  },
  getStation: {
    summary: 'See a charging station',
    tag: 'stations',
    params: oneStation,
    answer: { status: 200, words: 'The station.', schema: station },
    errors: stationErrors,
  },
  changeStation: {
    summary: 'Change what was decided about a charging station, or block it',
    tag: 'stations',
    params: oneStation,
    body: z.strictObject({
      ...stationSettings,
      blocked: z.exactOptional(
        z.boolean().describe('Closes the door to the station, also the one it stands in; or opens it again.'),
      ),
    }),
    answer: { status: 200, words: 'The station.', schema: station },
    errors: [...stationErrors, 'conflict'],
  },
  removeStation: {
    summary: 'Take a charging station out; its credential ends',
    tag: 'stations',
    params: oneStation,
    answer: { status: 204, words: 'Removed; what it told is kept.' },
    errors: [...stationErrors, 'conflict'],
  },
  rekeyStation: {
    summary: 'Give a charging station a new password',
    description:
      'With `tell` the station is told it over its link, and the old one ends when it took it. Otherwise the old one ends at once.',
    tag: 'stations',
    params: oneStation,
    body: z.strictObject({ tell: z.boolean() }),
    answer: {
      status: 201,
      words: 'The password, shown once.',
      schema: z.object({ user: z.string(), password: z.string(), told: z.boolean() }),
    },
    errors: [...commandErrors, 'conflict'],
  },
  sendToStation: {
    summary: 'Send any message to a charging station and see its answer',
    description:
      'The payload is checked against the schema of the station’s version first. A station that is away is told at once (`station-offline`), or the message waits for it when `expiresInS` is given.',
    tag: 'stations',
    params: oneStation,
    body: z.strictObject({
      action: z
        .string()
        .regex(/^[A-Z][A-Za-z0-9]{1,59}$/)
        .meta({ example: 'Reset' }),
      payload: z.record(z.string(), z.unknown()).meta({ example: { type: 'Soft' } }),
      timeoutS: z.exactOptional(z.int().min(1).max(25).describe('How long to wait for the answer; default 20.')),
      expiresInS: z.exactOptional(z.int().min(1).max(604_800).describe('How long the message may wait.')),
    }),
    answer: {
      status: 200,
      words: 'The station’s answer, or the message that waits.',
      schema: z.object({
        answer: z.exactOptional(z.record(z.string(), z.unknown())),
        queued: z.exactOptional(queuedStationMessage),
      }),
    },
    errors: commandErrors,
    idempotent: true,
  },
  listQueuedStationCommands: {
    summary: 'See what waits for a charging station, and what came of it',
    tag: 'stations',
    params: oneStation,
    answer: { status: 200, words: 'Newest first.', schema: z.object({ items: z.array(queuedStationMessage) }) },
    errors: stationErrors,
  },
  withdrawStationCommand: {
    summary: 'Take back a message that still waits',
    tag: 'stations',
    params: z.strictObject({ party, stationId, commandId: z.uuid() }),
    answer: { status: 204, words: 'Withdrawn.' },
    errors: [...stationErrors, 'conflict'],
  },
  listStationMessages: {
    summary: 'Read what went over the line to a charging station',
    description: 'Up to this moment, without secrets. To follow, ask again with `after`.',
    tag: 'stations',
    params: oneStation,
    query: z.strictObject({ ...messageFilter, limit: pageLimit(1_000, 200) }),
    answer: { status: 200, words: 'Newest first.', schema: z.object({ items: z.array(stationFrame) }) },
    errors: stationErrors,
  },
  exportStationMessages: {
    summary: 'Take the message log of a charging station along',
    description: 'One JSON object a line, oldest first: `at`, `direction`, `frame`.',
    tag: 'stations',
    params: oneStation,
    query: z.strictObject(messageFilter),
    answer: { status: 200, words: 'Everything that is kept.', text: 'application/x-ndjson' },
    errors: stationErrors,
  },
  listStationSettings: {
    summary: "See a charging station's configuration",
    tag: 'stations',
    params: oneStation,
    answer: {
      status: 200,
      words: 'As it last confirmed it, by key.',
      schema: z.object({ items: z.array(stationSetting) }),
    },
    errors: stationErrors,
  },
  readStationSettings: {
    summary: 'Ask a charging station for its configuration anew',
    description: 'Stations of 2.x answer in pages later: read the settings again a moment after.',
    tag: 'stations',
    params: oneStation,
    answer: { status: 200, words: 'What is known by now.', schema: z.object({ items: z.array(stationSetting) }) },
    errors: commandErrors,
  },
  putStationSetting: {
    summary: "Change a charging station's configuration",
    tag: 'stations',
    params: oneStation,
    body: z.strictObject({
      key: z
        .string()
        .min(1)
        .max(200)
        .meta({ description: 'Configuration key, or Component.Variable.', example: 'HeartbeatInterval' }),
      value: z.string().max(2_500),
    }),
    answer: {
      status: 200,
      words: 'The station’s own word: Accepted, RebootRequired, Rejected ...',
      schema: z.object({ status: z.string() }),
    },
    errors: commandErrors,
  },
  listStationFacts: {
    summary: 'See what else is known of a charging station',
    description:
      'By kind: setting, monitor, event, security, firmware, log, profile, schedule, limit, needs, localList, reservation, certificate, display, customer, network, tariff, settlement, der, stream, battery, availability, exchange.',
    tag: 'stations',
    params: z.strictObject({ party, stationId, kind: z.string().regex(/^[a-zA-Z]{1,20}$/) }),
    answer: { status: 200, words: 'By key.', schema: z.object({ items: z.array(stationFact) }) },
    errors: stationErrors,
  },
  listStationTransactions: {
    summary: "List a charging station's transactions",
    tag: 'stations',
    params: oneStation,
    query: z.strictObject({ limit: pageLimit(500, 50) }),
    answer: { status: 200, words: 'Newest first.', schema: z.object({ items: z.array(stationTransaction) }) },
    errors: stationErrors,
  },
  getStationSignedValues: {
    summary: 'See what the meter signed in a transaction',
    description: 'Verbatim, each judged by the meter’s key, with the Merkle root over the originals.',
    tag: 'stations',
    params: z.strictObject({ party, stationId, transactionId: z.string().min(1).max(255) }),
    answer: { status: 200, words: 'In order of time.', schema: stationSignedValues },
    errors: stationErrors,
  },
  listStationOrphans: {
    summary: 'See what a charging station told of transactions nobody knows',
    tag: 'stations',
    params: oneStation,
    answer: { status: 200, words: 'Newest first.', schema: z.object({ items: z.array(stationOrphan) }) },
    errors: stationErrors,
  },
  listStationDeviations: {
    summary: 'See where a charging station leaves the specification',
    tag: 'stations',
    params: oneStation,
    answer: {
      status: 200,
      words: 'The most frequent first.',
      schema: z.object({ items: z.array(z.object({ what: z.string(), count: z.int() })) }),
    },
    errors: stationErrors,
  },
  askStationLog: {
    summary: 'Ask a charging station for its log',
    description: 'It is left here at a signed address that can be used once.',
    tag: 'stations',
    params: oneStation,
    body: z.strictObject({
      kind: z.enum(['diagnostics', 'security']),
      from: z.exactOptional(isoTime),
      to: z.exactOptional(isoTime),
    }),
    answer: {
      status: 201,
      words: 'Where it will lie, and the station’s word.',
      schema: z.object({ fileId: z.uuid(), status: z.string() }),
    },
    errors: [...commandErrors, 'conflict'],
  },
  getStationLog: {
    summary: 'Fetch a log that a charging station left',
    tag: 'stations',
    params: z.strictObject({ party, fileId: z.uuid() }),
    answer: { status: 200, words: 'As it came.', bytes: 'application/octet-stream' },
    errors: ['not-found'],
  },
  putFirmware: {
    summary: 'Put a firmware here for campaigns',
    tag: 'stations',
    params: z.strictObject({ party, firmwareId: fileName }),
    upload: { types: ['application/octet-stream'], maxBytes: mostFirmwareBytes },
    answer: {
      status: 200,
      words: 'Kept.',
      schema: z.object({ firmwareId: z.string(), bytes: z.int(), sha256: z.string() }),
    },
    errors: ['not-found', 'too-large'],
  },
  beginFirmwareCampaign: {
    summary: 'Bring a firmware to many charging stations, a few at a time',
    description: 'Each station fetches the file at a signed address of its own that can be used once.',
    tag: 'stations',
    params: ofParty,
    body: z.strictObject({
      campaignId: fileName,
      firmwareId: z.exactOptional(fileName.describe('Put here before; or else `url`.')),
      url: z.exactOptional(z.url({ protocol: /^(https?|ftps?)$/ }).max(500)),
      signature: z.exactOptional(z.string().max(800)),
      signingCertificate: z.exactOptional(z.string().max(5_500)),
      stationIds: z.array(stationId).min(1).max(5_000),
      parallel: z.exactOptional(z.int().min(1).max(500)),
    }),
    answer: { status: 201, words: 'The campaign.', schema: firmwareCampaign },
    errors: [...stationErrors, 'conflict'],
  },
  listFirmwareCampaigns: {
    summary: "List a party's firmware campaigns with their progress",
    tag: 'stations',
    params: ofParty,
    answer: { status: 200, words: 'Newest first.', schema: z.object({ items: z.array(firmwareCampaign) }) },
    errors: ['no-responder'],
  },
  getFirmwareCampaign: {
    summary: 'See how far a firmware campaign is',
    tag: 'stations',
    params: oneCampaign,
    answer: { status: 200, words: 'The campaign.', schema: firmwareCampaign },
    errors: stationErrors,
  },
  pauseFirmwareCampaign: {
    summary: 'Hold a firmware campaign, or let it go on',
    tag: 'stations',
    params: oneCampaign,
    body: z.strictObject({ paused: z.boolean() }),
    answer: { status: 200, words: 'The campaign.', schema: firmwareCampaign },
    errors: stationErrors,
  },
  listStationSites: {
    summary: "List a party's sites with the limit their EVSEs share",
    tag: 'stations',
    params: ofParty,
    answer: { status: 200, words: 'By name.', schema: z.object({ items: z.array(stationSite) }) },
    errors: ['no-responder'],
  },
  getStationSite: {
    summary: 'See the share of each EVSE of a site',
    tag: 'stations',
    params: oneSite,
    answer: { status: 200, words: 'The site.', schema: stationSite },
    errors: stationErrors,
  },
  putStationSite: {
    summary: 'Let EVSEs share the limit of a connection to the grid',
    description:
      'Shared anew at once, and every few seconds. What a station was granted stays reserved while it is away; cuts are confirmed before anybody gets what they free.',
    tag: 'stations',
    params: oneSite,
    body: z.strictObject({
      limitW: z.int().min(0).max(100_000_000),
      evses: z.array(stationSiteEvse).min(1).max(500),
    }),
    answer: { status: 200, words: 'The site.', schema: stationSite },
    errors: [...stationErrors, 'conflict'],
  },
  removeStationSite: {
    summary: 'Lift the limit of a site',
    description:
      'EVSEs whose station is away keep their share until somebody tells it otherwise; they are in the answer.',
    tag: 'stations',
    params: oneSite,
    answer: {
      status: 200,
      words: 'What could not be lifted.',
      schema: z.object({
        kept: z.array(z.object({ stationId: z.string(), evse: z.int(), grantedW: z.int() })),
      }),
    },
    errors: [...stationErrors, 'conflict'],
  },
  putDepartureTarget: {
    summary: 'Say what a car at a site wants by when',
    description: 'It gets the rate it needs first, as far as the limit goes. Without a target the wish ends.',
    tag: 'stations',
    params: oneSite,
    body: z.strictObject({ stationId, evse: z.int().min(1).max(1_000), target: z.exactOptional(departureTarget) }),
    answer: { status: 200, words: 'The site.', schema: stationSite },
    errors: [...stationErrors, 'conflict'],
  },
} as const satisfies Record<string, Contract>
