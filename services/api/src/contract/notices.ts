import { z } from 'zod'
import { noticeKinds } from '../notify/notice-words.ts'
import type { Contract } from './contract.ts'
import { cursor, hash, isoTime, pageLimit } from './schemas/primitives.ts'

const kind = z.enum(noticeKinds).meta({ id: 'NoticeKind' })
const kinds = z.array(kind).max(noticeKinds.length)
const settings = z
  .strictObject({ locale: z.enum(['en', 'fr']), push: kinds, mail: kinds })
  .meta({ id: 'NoticeSettings', description: 'What comes as push and by mail; in the app everything is told.' })
const base64url = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+=*$/)
    .max(most)
const device = z
  .object({ id: z.string(), kind: z.enum(['web', 'expo']), createdAt: isoTime })
  .meta({ id: 'PushDevice' })

/** What drivers are told, and how. */
export const noticeContracts = {
  listNotices: {
    summary: 'What I was told',
    tag: 'sessions',
    query: z.strictObject({ limit: pageLimit(100, 30), cursor: cursor.optional() }),
    answer: {
      status: 200,
      words: 'Newest first.',
      schema: z
        .object({
          items: z.array(
            z
              .object({
                id: z.string(),
                kind,
                sessionId: hash,
                at: isoTime,
                title: z.string(),
                body: z.string(),
                readAt: z.exactOptional(isoTime),
              })
              .meta({ id: 'Notice' }),
          ),
          unread: z.int(),
          next: z.exactOptional(z.string()),
        })
        .meta({ id: 'NoticePage' }),
    },
    errors: [],
  },
  readNotices: {
    summary: 'I have read everything up to then',
    tag: 'sessions',
    body: z.strictObject({ until: isoTime }),
    answer: { status: 204, words: 'Noted.' },
    errors: [],
  },
  getNoticeSettings: {
    summary: 'What comes how',
    tag: 'sessions',
    answer: { status: 200, words: 'As chosen, or as usual.', schema: settings },
    errors: [],
  },
  putNoticeSettings: {
    summary: 'Choose what comes how',
    tag: 'sessions',
    body: settings,
    answer: { status: 200, words: 'As chosen.', schema: settings },
    errors: [],
  },
  getPushKey: {
    summary: 'The key browsers subscribe to pushes with',
    tag: 'sessions',
    answer: {
      status: 200,
      words: 'VAPID public key.',
      schema: z.object({ publicKey: z.string() }).meta({ id: 'PushKey' }),
    },
    errors: [],
  },
  listDevices: {
    summary: 'Devices that take my pushes',
    tag: 'sessions',
    answer: { status: 200, words: 'Devices.', schema: z.object({ items: z.array(device) }) },
    errors: [],
  },
  addDevice: {
    summary: 'Take pushes on this device',
    tag: 'sessions',
    body: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('web'),
        endpoint: z.string().min(10).max(2_000),
        keys: z.strictObject({ p256dh: base64url(200), auth: base64url(60) }),
      }),
      z.strictObject({
        kind: z.literal('expo'),
        token: z.string().regex(/^Expo(nent)?PushToken\[[A-Za-z0-9_-]{10,60}\]$/),
      }),
    ]),
    answer: { status: 201, words: 'The device.', schema: device },
    errors: ['conflict', 'too-large'],
  },
  removeDevice: {
    summary: 'No more pushes on a device',
    tag: 'sessions',
    params: z.strictObject({ deviceId: z.string().regex(/^[a-f0-9]{32}$/) }),
    answer: { status: 204, words: 'It is quiet.' },
    errors: ['not-found'],
  },
} as const satisfies Record<string, Contract>
