import type { EventType } from '@werenode/core'
import { z } from 'zod'
import { resumeHeaders } from './catalogue.ts'
import type { Contract } from './contract.ts'
import {
  plug,
  plugAlarm,
  plugFamily,
  plugId,
  plugReading,
  plugRecording,
  plugRecordingStart,
  plugSetup,
} from './schemas/plugs.ts'
import { isoTime, pageLimit, party } from './schemas/primitives.ts'
import { eventEnvelope } from './schemas/sessions.ts'

const ofParty = z.strictObject({ party })
const onePlug = z.strictObject({ party, plugId })
const words = (most: number) => z.string().trim().min(1).max(most)

export const plugEventTypes = [
  'station.reading',
  'station.status',
  'station.alarm',
  'station.connected',
  'station.disconnected',
] as const satisfies readonly EventType[]

export const plugContracts = {
  listPlugFamilies: {
    summary: 'List the families of smart plugs this node knows',
    tag: 'stations',
    answer: { status: 200, words: 'Families.', schema: z.object({ items: z.array(plugFamily) }) },
    errors: ['no-responder'],
  },
  putPlugFamily: {
    summary: 'Teach this node a family of smart plugs',
    description:
      'A profile is data; how to write one is told in docs/mqtt-device-profiles.md. Refused with each finding.',
    tag: 'stations',
    body: z.record(z.string(), z.unknown()).meta({ description: 'The profile.' }),
    answer: { status: 201, words: 'The family.', schema: plugFamily },
    errors: ['conflict', 'no-responder'],
  },
  addPlugObserver: {
    summary: "Let a household's Home Assistant see the plugs",
    description: 'It shows them by discovery and cannot switch them. The same name again gets a new password.',
    tag: 'stations',
    body: z.strictObject({ name: plugId }),
    answer: {
      status: 201,
      words: 'For its MQTT settings.',
      schema: z.object({ username: z.string(), password: z.string() }),
    },
    errors: ['conflict', 'no-responder'],
  },
  recordPlug: {
    summary: 'Record an unknown device',
    description: 'Lets it in under one topic for a while, with a name and password that end with the recording.',
    tag: 'stations',
    params: ofParty,
    body: z.strictObject({
      prefix: words(100).meta({ description: "The beginning of the device's topics.", example: 'shed/plug' }),
      seconds: z.int().min(1).max(900),
    }),
    answer: { status: 201, words: 'To type into the device.', schema: plugRecordingStart },
    errors: ['conflict', 'no-responder'],
  },
  getPlugRecording: {
    summary: 'See what an unknown device said, and what fits it',
    tag: 'stations',
    params: z.strictObject({ party, recordingId: z.uuid() }),
    answer: { status: 200, words: 'The recording.', schema: plugRecording },
    errors: ['not-found', 'no-responder'],
  },
  addPlug: {
    summary: 'Let a smart plug in, or change it',
    description: 'Answers what to type into the device or the one command to paste; the password is shown once.',
    tag: 'stations',
    params: ofParty,
    body: z.strictObject({
      plugId,
      family: words(48).meta({ description: 'GET /v1/plug-families', example: 'tasmota' }),
      variables: z
        .record(z.string().regex(/^[a-zA-Z]{1,40}$/), z.string().max(200))
        .meta({ description: 'What the family asks for.', example: { topic: 'tasmota_A1B2C3' } }),
      ratedPowerW: z.int().min(100).max(44_000).meta({ description: 'What may be drawn for hours, W.' }),
      label: z.exactOptional(words(100)),
      channel: z.exactOptional(z.union([z.int().min(1).max(32), z.literal('all')])),
      channels: z.exactOptional(z.int().min(1).max(32)),
      credentialId: z.exactOptional(plugId),
    }),
    answer: { status: 201, words: 'How to set up the device.', schema: plugSetup },
    errors: ['not-found', 'conflict', 'no-responder'],
  },
  listPlugs: {
    summary: "List a party's smart plugs with what they last told",
    tag: 'stations',
    params: ofParty,
    answer: { status: 200, words: 'Plugs.', schema: z.object({ items: z.array(plug) }) },
    errors: ['no-responder'],
  },
  getPlug: {
    summary: 'See a smart plug and what it last told',
    tag: 'stations',
    params: onePlug,
    answer: { status: 200, words: 'The plug.', schema: plug },
    errors: ['not-found', 'no-responder'],
  },
  removePlug: {
    summary: 'Take a smart plug out; its credential ends',
    tag: 'stations',
    params: onePlug,
    answer: { status: 204, words: 'Removed; its readings are kept.' },
    errors: ['not-found', 'conflict', 'no-responder'],
  },
  rekeyPlug: {
    summary: 'Give the device a new password; the old one ends at once',
    tag: 'stations',
    params: onePlug,
    answer: {
      status: 201,
      words: 'To type into the device.',
      schema: z.object({ username: z.string(), password: z.string() }),
    },
    errors: ['not-found', 'no-responder'],
  },
  listPlugReadings: {
    summary: 'Read what a smart plug measured',
    tag: 'stations',
    params: onePlug,
    query: z.strictObject({
      from: isoTime.optional().meta({ description: 'From this time on.' }),
      to: isoTime
        .optional()
        .meta({ description: 'Before this time: the `at` of the last one of a page, for the next.' }),
      limit: pageLimit(5_000, 500),
    }),
    answer: { status: 200, words: 'Newest first.', schema: z.object({ items: z.array(plugReading) }) },
    errors: ['not-found', 'no-responder'],
  },
  listPlugAlarms: {
    summary: "See what went wrong around a party's smart plugs",
    description: 'Takeovers, refused topics and logins, heat, too much power.',
    tag: 'stations',
    params: ofParty,
    query: z.strictObject({ limit: pageLimit(500, 50) }),
    answer: { status: 200, words: 'Newest first.', schema: z.object({ items: z.array(plugAlarm) }) },
    errors: ['no-responder'],
  },
  streamPlugs: {
    summary: "Follow a party's smart plugs",
    description: 'Power, energy, temperature and link quality while they change; status, link and alarms.',
    tag: 'stations',
    params: ofParty,
    headers: resumeHeaders,
    answer: { status: 200, words: 'A stream.', events: eventEnvelope(plugEventTypes, 'PlugEvent') },
    errors: ['rate-limited', 'no-responder'],
  },
} as const satisfies Record<string, Contract>
