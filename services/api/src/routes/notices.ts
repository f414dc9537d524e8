import { createHash } from 'node:crypto'
import { type Clock, isoTime, type Store, WerenodeError, type WriteOp } from '@werenode/core'
import webPush from 'web-push'
import { createThings } from '../account/things.ts'
import type { Handlers } from '../http/handler.ts'
import { type DeviceDoc, type NoticeDoc, type NoticeSettingsDoc, settingsOf } from '../notify/notices.ts'
import { vapidKeys } from '../notify/push.ts'
import { mustBeOutward, type SafePostOptions } from '../outgoing/safe-post.ts'

type Operations =
  | 'listNotices'
  | 'readNotices'
  | 'getNoticeSettings'
  | 'putNoticeSettings'
  | 'getPushKey'
  | 'listDevices'
  | 'addDevice'
  | 'removeDevice'

/** What drivers are told, and how. */
export const noticeRoutes = ({
  store,
  clock,
  post,
}: {
  store: Store
  clock: Clock
  post: SafePostOptions
}): Pick<Handlers, Operations> => {
  const devices = createThings<DeviceDoc>({ store, clock, collection: 'api_devices', what: 'device' })
  return {
    listNotices: async ({ principal: { accountId }, query: { limit, cursor } }) => {
      const { items, next } = await store.find<NoticeDoc>(
        'api_notices',
        { accountId },
        { sort: [['at', -1]], limit, ...(cursor === undefined ? {} : { after: cursor }) },
      )
      const unread = await store.count('api_notices', { accountId, readAt: { $exists: false } })
      return {
        items: items.map(({ _id: id, kind, sessionId, at, title, body, readAt }) => ({
          id,
          kind,
          sessionId,
          at,
          title,
          body,
          ...(readAt === undefined ? {} : { readAt }),
        })),
        unread,
        ...(next === undefined ? {} : { next }),
      }
    },
    readNotices: async ({ principal: { accountId }, body: { until } }) => {
      const readAt = isoTime(clock())
      const { items } = await store.find<NoticeDoc>(
        'api_notices',
        { accountId, at: { $lte: until }, readAt: { $exists: false } },
        { limit: 1_000 },
      )
      if (items.length > 0)
        await store.write(
          items.map(
            ({ _rev, ...doc }): WriteOp => ({ op: 'put', in: 'api_notices', doc: { ...doc, readAt } as NoticeDoc }),
          ),
        )
      return undefined
    },
    getNoticeSettings: async ({ principal: { accountId } }) => settingsFields(await settingsOf(store, accountId)),
    putNoticeSettings: async ({ principal: { accountId }, body }) => {
      const doc: NoticeSettingsDoc = { _id: accountId, accountId, ...body }
      await store.write([{ op: 'put', in: 'api_notice_settings', doc }])
      return body
    },
    getPushKey: async () => ({ publicKey: (await vapidKeys(store)).publicKey }),
    listDevices: async ({ principal }) => ({ items: (await devices.list(principal.accountId)).map(deviceOf) }),
    addDevice: async ({ principal, body }) => {
      if (body.kind === 'web') {
        mustBeOutward(body.endpoint, post)
        mustBeUsable(body)
      }
      const place = body.kind === 'web' ? body.endpoint : body.token
      const id = createHash('sha256').update(place).digest('hex').slice(0, 32)
      return deviceOf(await devices.put(principal.accountId, id, { device: body }))
    },
    removeDevice: async ({ principal, params: { deviceId } }) => {
      await devices.remove(principal.accountId, deviceId)
      return undefined
    },
  }
}

/** Keys that nothing can be encrypted for are found now, not when a push is due. */
const mustBeUsable = (subscription: { endpoint: string; keys: { p256dh: string; auth: string } }): void => {
  try {
    webPush.generateRequestDetails(subscription, 'x', { contentEncoding: 'aes128gcm' })
  } catch (cause) {
    throw new WerenodeError('invalid-input', 'These are no keys of a push subscription', {
      hint: 'Send what PushManager.subscribe() gave.',
      cause,
    })
  }
}

const settingsFields = ({ locale, push, mail }: Pick<NoticeSettingsDoc, 'locale' | 'push' | 'mail'>) => ({
  locale,
  push,
  mail,
})
const deviceOf = ({ _id: id, device: { kind }, createdAt }: DeviceDoc) => ({ id, kind, createdAt })
