import {
  type Bus,
  type Clock,
  type CollectionSpec,
  type Doc,
  type EventEnvelope,
  isoTime,
  isWerenodeError,
  type SessionId,
  type SessionView,
  type Store,
  type Unsubscribe,
  type WriteOp,
} from '@werenode/core'
import { formatEnergy, formatMoney } from '@werenode/design'
import type { ChargeDoc } from '../charges/charge-doc.ts'
import type { WalletDoc } from '../identity/collections.ts'
import type { EmailDoc } from '../identity/email.ts'
import type { MailQueue } from '../mail/mail-queue.ts'
import type { Outgoing } from '../outgoing/queue.ts'
import { type Locale, type NoticeKind, noticeKinds, noticeWords } from './notice-words.ts'

/** Something a driver was told. `_id` is `<session> <kind>`: once per charge, however often its cause is told. */
export interface NoticeDoc extends Doc {
  readonly accountId: string
  readonly kind: NoticeKind
  readonly sessionId: SessionId
  readonly at: string
  readonly title: string
  readonly body: string
  readonly readAt?: string
}
/** `_id` is the account. */
export interface NoticeSettingsDoc extends Doc {
  readonly accountId: string
  readonly locale: Locale
  readonly push: readonly NoticeKind[]
  readonly mail: readonly NoticeKind[]
}
/** A device that takes pushes. */
export interface DeviceDoc extends Doc {
  readonly accountId: string
  readonly createdAt: string
  readonly device:
    | {
        readonly kind: 'web'
        readonly endpoint: string
        readonly keys: { readonly p256dh: string; readonly auth: string }
      }
    | { readonly kind: 'expo'; readonly token: string }
}

export const noticeCollections: readonly CollectionSpec[] = [
  { name: 'api_notices', indexes: [{ fields: ['accountId', 'at'] }] },
  { name: 'api_notice_settings', indexes: [{ fields: ['accountId'] }] },
  { name: 'api_devices', indexes: [{ fields: ['accountId', 'createdAt'] }] },
]

/** In the app always; on the phone all of it; by letter what matters still tomorrow. */
export const usualSettings = (locale: Locale): Pick<NoticeSettingsDoc, 'locale' | 'push' | 'mail'> => ({
  locale,
  push: noticeKinds,
  mail: ['refund', 'dispute'],
})

export const settingsOf = async (store: Store, accountId: string) => {
  const { items } = await store.find<EmailDoc>('api_emails', { accountId }, { limit: 1 })
  const known = await store.get<NoticeSettingsDoc>('api_notice_settings', accountId)
  return known ?? usualSettings(items[0]?.locale ?? 'en')
}

const types = ['session.state', 'session.warning', 'session.meter'] as const

/** What an event means to a driver; undefined: nothing. */
export const kindOf = (event: EventEnvelope): NoticeKind | undefined => {
  if (event.type === 'session.warning') {
    const { code } = (event as EventEnvelope<'session.warning'>).data
    return code === 'deposit-80' || code === 'deposit-95' || code === 'idle' ? code : undefined
  }
  if (event.type === 'session.meter') {
    const { suspended, energyWh, socPercent } = (event as EventEnvelope<'session.meter'>).data
    return energyWh > 0 && (suspended === 'EV' || (socPercent ?? 0) >= 100) ? 'full' : undefined
  }
  const { to, from, view } = (event as EventEnvelope<'session.state'>).data
  if (to === 'charging' && from !== 'charging') return 'started'
  if (to === 'ended') return 'stopped'
  if (to === 'disputed') return 'dispute'
  if ((to === 'settled' || to === 'cancelled' || to === 'reclaimed') && BigInt(view.returnedMicro ?? '0') > 0n)
    return 'refund'
  return undefined
}

/** Tells drivers of their charges: in the app, on their devices, by letter, as each has chosen. Notice and deliveries are one write. */
export const followNotices = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  mail: MailQueue
  outgoing: Outgoing
  origin: string
}): Promise<Unsubscribe> => {
  const { store, bus, clock, mail, outgoing, origin } = deps

  const tell = async (kind: NoticeKind, view: SessionView, live: Partial<SessionView>, at: string): Promise<void> => {
    const _id = `${view.id} ${kind}`
    const wallet = await store.get<WalletDoc>('api_wallets', view.driver.toLowerCase())
    if (!wallet || (await store.get('api_notices', _id))) return
    const { accountId } = wallet
    const settings = await settingsOf(store, accountId)
    const { locale } = settings
    const money = (micro: string | undefined): string => formatMoney(BigInt(micro ?? '0'), locale)
    const now = { ...view, ...live }
    const { title, body } = noticeWords(kind, locale, {
      place: view.locationName,
      energy: formatEnergy(now.energyWh, locale),
      amount: money(view.receipt?.amount ?? now.costMicro),
      limit: money(now.limitMicro),
      refund: money(view.returnedMicro),
    })
    const doc: NoticeDoc = { _id, accountId, kind, sessionId: view.id, at, title, body }
    const ops: WriteOp[] = [{ op: 'insert', in: 'api_notices', doc }]
    // Old news (a node that was away, a first start) stay in the app and wake nobody.
    const fresh = clock().getTime() - Date.parse(at) < 15 * 60_000
    if (fresh && settings.push.includes(kind)) {
      const { items } = await store.find<DeviceDoc>('api_devices', { accountId }, { limit: 50 })
      for (const {
        _id: device,
        device: { kind: way },
      } of items)
        ops.push(
          outgoing.post({
            id: `${_id} ${device}`,
            kind: way === 'web' ? 'web-push' : 'expo-push',
            of: accountId,
            payload: { device, title, body, kind, sessionId: view.id },
          }),
        )
    }
    if (fresh && settings.mail.includes(kind)) {
      const { items } = await store.find<EmailDoc>('api_emails', { accountId }, { limit: 10 })
      const to = items.find(({ verifiedAt }) => verifiedAt !== undefined)?._id
      if (to !== undefined) ops.push(mail.post({ to, subject: title, text: `${body}\n\n${origin}/r/${view.id}\n` }))
    }
    try {
      await store.write(ops)
    } catch (error) {
      // Told by another process meanwhile.
      if (!isWerenodeError(error) || error.code !== 'conflict') throw error
    }
  }

  return bus.consume({ group: 'api-notices', types, from: 'now', concurrency: 8 }, async (event) => {
    const kind = kindOf(event)
    if (!kind) return
    if (event.type === 'session.state') {
      const { view } = (event as EventEnvelope<'session.state'>).data
      return tell(kind, view, {}, event.at)
    }
    const { sessionId } = event.data as { sessionId: SessionId }
    const charge = await store.get<ChargeDoc>('api_charges', sessionId)
    if (!charge) return
    const live = event.type === 'session.meter' ? (event as EventEnvelope<'session.meter'>).data : {}
    return tell(kind, charge.view, live as Partial<SessionView>, isoTime(new Date(event.at)))
  })
}
