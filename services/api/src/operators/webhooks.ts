import { createHmac, randomBytes } from 'node:crypto'
import {
  type Bus,
  type Clock,
  type CollectionSpec,
  type Doc,
  type EventEnvelope,
  isoTime,
  isWerenodeError,
  type Party,
  partyOf,
  type SessionView,
  type Store,
  type Unsubscribe,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'
import type { LocationDoc } from '../catalogue/collections.ts'
import type { Fate, Outgoing, Sender } from '../outgoing/queue.ts'
import { mustBeOutward, type SafePostOptions, safePost } from '../outgoing/safe-post.ts'

export const webhookTypes = ['session.state', 'session.receipt', 'session.warning', 'catalogue.changed'] as const
export type WebhookType = (typeof webhookTypes)[number]

export interface WebhookDoc extends Doc {
  readonly party: Party
  readonly url: string
  readonly types: readonly WebhookType[]
  /** Signs what is sent; told once, when it is made. */
  readonly secret: string
  readonly createdAt: string
}
const collection = 'api_webhooks'
export const webhookCollection: CollectionSpec = { name: collection, indexes: [{ fields: ['party', 'createdAt'] }] }

const mostPerParty = 20

interface Payload {
  readonly webhookId: string
  readonly event: unknown
}

/**
 * Signed as Standard Webhooks say: `webhook-signature: v1,base64(hmac-sha256(secret, id.timestamp.body))`; the id stays the same over
 * retries, so that a receiver can drop what it has.
 */
export const signatureOf = (secret: string, id: string, timestamp: number, body: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`

export const webhookSender =
  ({ store, clock, post }: { store: Store; clock: Clock; post: SafePostOptions }): Sender =>
  async ({ webhookId, event }: Payload, row): Promise<Fate> => {
    const webhook = await store.get<WebhookDoc>(collection, webhookId)
    if (!webhook) return { is: 'never', problem: 'the webhook was removed' }
    const body = JSON.stringify(event)
    const timestamp = Math.floor(clock().getTime() / 1000)
    const { status } = await safePost(
      webhook.url,
      {
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Werenode-Webhook/1',
          'webhook-id': row._id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signatureOf(webhook.secret, row._id, timestamp, body),
        },
        body,
      },
      post,
    )
    if (status >= 200 && status < 300) return { is: 'done', status }
    if (status === 410) return { is: 'never', status, problem: 'the receiver wants no more' }
    return { is: 'again', status, problem: `answered ${status}` }
  }

export const createWebhooks = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  outgoing: Outgoing
  post: SafePostOptions
}) => {
  const { store, bus, clock, outgoing, post } = deps
  const own = async (party: Party, id: string) => {
    const doc = await store.get<WebhookDoc>(collection, id)
    if (!doc || doc.party !== party) throw new WerenodeError('not-found', `${party} has no such webhook`)
    return doc
  }
  const list = async (party: Party) =>
    (await store.find<WebhookDoc>(collection, { party }, { sort: [['createdAt', 1]], limit: mostPerParty })).items

  const partyOfEvent = async (event: EventEnvelope): Promise<Party | undefined> => {
    const data = event.data as { view?: SessionView; sessionId?: string; locationId?: string }
    if (data.view) return partyOf(data.view.evseId)
    if (data.locationId !== undefined) return (await store.get<LocationDoc>('api_locations', data.locationId))?.party
    if (data.sessionId !== undefined)
      return (await store.get<Doc & { party: Party }>('api_charges', data.sessionId))?.party
    return undefined
  }

  return {
    list,
    own,
    async create(party: Party, wish: { url: string; types: readonly WebhookType[] }, also: readonly WriteOp[]) {
      mustBeOutward(wish.url, post)
      if ((await list(party)).length >= mostPerParty)
        throw new WerenodeError('too-large', `A party has at most ${mostPerParty} webhooks`)
      const doc: WebhookDoc = {
        _id: `wh_${randomBytes(9).toString('base64url')}`,
        party,
        ...wish,
        secret: `whsec_${randomBytes(32).toString('base64')}`,
        createdAt: isoTime(clock()),
      }
      await store.write([{ op: 'insert', in: collection, doc }, ...also])
      return doc
    },
    async remove(party: Party, id: string, also: readonly WriteOp[]): Promise<void> {
      const { _rev } = await own(party, id)
      await store.write([{ op: 'delete', in: collection, id, rev: _rev }, ...also])
    },
    follow: (): Promise<Unsubscribe> =>
      bus.consume({ group: 'api-webhooks', types: webhookTypes, from: 'now', concurrency: 8 }, async (event) => {
        const party = await partyOfEvent(event)
        if (party === undefined) return
        for (const webhook of await list(party)) {
          if (!webhook.types.includes(event.type as WebhookType)) continue
          const payload: Payload = { webhookId: webhook._id, event }
          try {
            await store.write([
              outgoing.post({ id: `${webhook._id}:${event.id}`, kind: 'webhook', of: webhook._id, payload }),
            ])
          } catch (error) {
            // Told before.
            if (!isWerenodeError(error) || error.code !== 'conflict') throw error
          }
        }
      }),
  }
}
export type Webhooks = ReturnType<typeof createWebhooks>
