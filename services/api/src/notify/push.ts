import { type Clock, type Doc, isWerenodeError, type Store } from '@werenode/core'
import webPush from 'web-push'
import type { Fate, Sender } from '../outgoing/queue.ts'
import { type SafePostOptions, safePost } from '../outgoing/safe-post.ts'
import type { DeviceDoc } from './notices.ts'

interface VapidDoc extends Doc {
  readonly publicKey: string
  readonly privateKey: string
}
export const vapidCollection = { name: 'api_vapid' } as const

/** This node's key pair for Web Push (RFC 8292), made once: subscriptions are bound to it. */
export const vapidKeys = async (store: Store): Promise<Pick<VapidDoc, 'publicKey' | 'privateKey'>> => {
  const known = await store.get<VapidDoc>(vapidCollection.name, 'keys')
  if (known) return known
  const doc: VapidDoc = { _id: 'keys', ...webPush.generateVAPIDKeys() }
  await store.write([{ op: 'insert', in: vapidCollection.name, doc }]).catch((error: unknown) => {
    // Another process made them at the same moment: theirs hold.
    if (!isWerenodeError(error) || error.code !== 'conflict') throw error
  })
  return (await store.get<VapidDoc>(vapidCollection.name, 'keys'))!
}

interface Payload {
  readonly device: string
  readonly title: string
  readonly body: string
  readonly kind: string
  readonly sessionId: string
}
const expoUrl = 'https://exp.host/--/api/v2/push/send'

/** Web Push (RFC 8030, 8188, 8291) and Expo's push service. A device that is gone is forgotten. */
export const pushSenders = (deps: {
  store: Store
  clock: Clock
  /** Told to push services, who write there when something is wrong: an https address of this node, or mailto:. */
  contact: string
  post: SafePostOptions
  expoUrl?: string
}): Readonly<Record<'web-push' | 'expo-push', Sender>> => {
  const { store, post } = deps
  const forget = async ({ _id }: DeviceDoc, why: string): Promise<Fate> => {
    await store.write([{ op: 'delete', in: 'api_devices', id: _id }])
    return { is: 'never', problem: why }
  }
  const deviceOf = async ({ device }: Payload): Promise<DeviceDoc | undefined> =>
    store.get<DeviceDoc>('api_devices', device)

  return {
    'web-push': async (payload: Payload): Promise<Fate> => {
      const doc = await deviceOf(payload)
      if (doc?.device.kind !== 'web') return { is: 'never', problem: 'the device was removed' }
      const { endpoint, keys } = doc.device
      const { title, body, kind, sessionId } = payload
      const vapid = await vapidKeys(store)
      const request = webPush.generateRequestDetails(
        { endpoint, keys },
        JSON.stringify({ title, body, kind, sessionId, url: `/r/${sessionId}` }),
        {
          vapidDetails: { subject: deps.contact, publicKey: vapid.publicKey, privateKey: vapid.privateKey },
          TTL: 3_600,
          contentEncoding: 'aes128gcm',
          topic: kind,
        },
      )
      const { status } = await safePost(
        request.endpoint,
        { headers: request.headers as Record<string, string>, body: request.body as Buffer },
        post,
      )
      if (status === 404 || status === 410) return forget(doc, 'the browser subscribed no more')
      if (status >= 200 && status < 300) return { is: 'done', status }
      return {
        is: status >= 400 && status < 500 && status !== 429 ? 'never' : 'again',
        status,
        problem: `answered ${status}`,
      }
    },

    'expo-push': async (payload: Payload): Promise<Fate> => {
      const doc = await deviceOf(payload)
      if (doc?.device.kind !== 'expo') return { is: 'never', problem: 'the device was removed' }
      const { title, body, kind, sessionId } = payload
      const message = { to: doc.device.token, title, body, data: { kind, sessionId }, sound: 'default', ttl: 3_600 }
      const { status, body: text } = await safePost(
        deps.expoUrl ?? expoUrl,
        { headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(message) },
        post,
      )
      if (status !== 200) return { is: 'again', status, problem: `answered ${status}` }
      const ticket = ticketOf(text)
      if (ticket?.status === 'ok') return { is: 'done', status }
      if (ticket?.details?.error === 'DeviceNotRegistered') return forget(doc, 'the app is gone from the phone')
      return { is: 'again', status, problem: ticket?.message ?? 'an answer without a ticket' }
    },
  }
}

interface Ticket {
  readonly status?: string
  readonly message?: string
  readonly details?: { readonly error?: string }
}
const ticketOf = (text: string): Ticket | undefined => {
  try {
    const { data } = JSON.parse(text) as { data?: Ticket | readonly Ticket[] }
    return Array.isArray(data) ? data[0] : (data as Ticket)
  } catch {
    // Not JSON: no ticket, and the caller says that the service answered something else.
    return undefined
  }
}
