import { evseKey, type Filter, type Party, type Store, WerenodeError } from '@werenode/core'
import type { LocationDoc } from '../catalogue/collections.ts'
import { type ChargeDoc, charges } from '../charges/charge-doc.ts'
import type { Handlers } from '../http/handler.ts'
import type { Audit } from '../identity/audit.ts'
import { gather, hoursOf } from '../operators/figures.ts'
import type { Payouts } from '../operators/payouts.ts'
import type { WebhookDoc, Webhooks } from '../operators/webhooks.ts'
import type { Outgoing } from '../outgoing/queue.ts'
import { chainOrWords } from './chain-or-words.ts'
import { mustActFor } from './parties.ts'

type Operations =
  | 'getFigures'
  | 'listPartySessions'
  | 'preparePayout'
  | 'listPayouts'
  | 'createWebhook'
  | 'listWebhooks'
  | 'removeWebhook'
  | 'listDeliveries'
  | 'redeliver'

/** What operators see of their business, and who is told of it. */
export const operatorRoutes = (deps: {
  store: Store
  audit: Audit
  webhooks: Webhooks
  outgoing: Outgoing
  payouts: Payouts
}): Pick<Handlers, Operations> => {
  const { store, audit, webhooks, outgoing, payouts } = deps

  const plugsOf = async (party: Party): Promise<number> => {
    const { items } = await store.find<LocationDoc>('api_locations', { party, gone: false }, { limit: 10_000 })
    return items
      .filter(({ source }) => source === 'own' || source === 'demo')
      .reduce((sum, { evses }) => sum + evses.filter(({ status }) => status !== 'REMOVED').length, 0)
  }

  return {
    getFigures: async ({ principal, params: { party }, query: { from, to, step, timeZone } }) => {
      mustActFor(principal, party)
      const hours = await hoursOf(store, party, from, to)
      const plugs = await plugsOf(party)
      const steps = gather(hours, step, timeZone, plugs)
      const spanSeconds = (Date.parse(to) - Date.parse(from)) / 1000
      const occupiedSeconds = steps.reduce((sum, one) => sum + one.occupiedSeconds, 0)
      const total = {
        sessions: steps.reduce((sum, one) => sum + one.sessions, 0),
        energyWh: steps.reduce((sum, one) => sum + one.energyWh, 0),
        revenueMicro: steps.reduce((sum, one) => sum + BigInt(one.revenueMicro), 0n).toString(),
        dueMicro: steps.reduce((sum, one) => sum + BigInt(one.dueMicro), 0n).toString(),
        occupiedSeconds,
        utilisation:
          plugs === 0 ? 0 : Math.min(1, Math.round((occupiedSeconds / (plugs * spanSeconds)) * 10_000) / 10_000),
        faults: steps.reduce((sum, one) => sum + one.faults, 0),
      }
      return { plugs, total, steps }
    },

    listPartySessions: async ({ principal, params: { party }, query: { from, to, evseId, limit, cursor } }) => {
      mustActFor(principal, party)
      const filter: Filter = {
        party,
        ...(from === undefined && to === undefined
          ? {}
          : { createdAt: { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) } }),
      }
      const { items, next } = await store.find<ChargeDoc>(charges, filter, {
        sort: [['createdAt', -1]],
        limit,
        ...(cursor === undefined ? {} : { after: cursor }),
      })
      const wanted = evseId === undefined ? undefined : evseKey(evseId)
      return {
        items: items
          .filter((charge) => wanted === undefined || evseKey(charge.evseId) === wanted)
          .map(({ _id: id, evseId: plug, locationName, state, door, createdAt, startedAt, endedAt, ...charge }) => ({
            id,
            evseId: plug,
            locationName,
            state,
            door,
            createdAt,
            ...(startedAt === undefined ? {} : { startedAt }),
            ...(endedAt === undefined ? {} : { endedAt }),
            energyWh: charge.energyWh,
            amountMicro: charge.amountMicro,
            ...(charge.paidMicro === undefined ? {} : { paidMicro: charge.paidMicro }),
          })),
        ...(next === undefined ? {} : { next }),
      }
    },

    preparePayout: async ({ principal, params: { party }, body }) => {
      mustActFor(principal, party)
      return chainOrWords(
        payouts.prepare(party, body, ({ amountMicro, to }) => [
          audit.note({ principal, act: 'preparePayout', party, subject: to, details: { amountMicro } }),
        ]),
      )
    },
    listPayouts: async ({ principal, params: { party } }) => {
      mustActFor(principal, party)
      return {
        items: (await payouts.list(party)).map(({ amountMicro, to, preparedAt, state, txHash }) => ({
          amountMicro,
          to,
          preparedAt,
          state,
          ...(txHash === undefined ? {} : { txHash }),
        })),
      }
    },

    createWebhook: async ({ principal, params: { party }, body }) => {
      mustActFor(principal, party)
      const note = audit.note({
        principal,
        act: 'createWebhook',
        party,
        subject: body.url,
        details: { types: body.types },
      })
      const doc = await webhooks.create(party, body, [note])
      return { ...webhookOf(doc), secret: doc.secret }
    },
    listWebhooks: async ({ principal, params: { party } }) => {
      mustActFor(principal, party)
      return { items: (await webhooks.list(party)).map(webhookOf) }
    },
    removeWebhook: async ({ principal, params: { party, webhookId } }) => {
      mustActFor(principal, party)
      await webhooks.remove(party, webhookId, [
        audit.note({ principal, act: 'removeWebhook', party, subject: webhookId }),
      ])
      return undefined
    },
    listDeliveries: async ({ principal, params: { party, webhookId } }) => {
      mustActFor(principal, party)
      await webhooks.own(party, webhookId)
      return {
        items: (await outgoing.list(webhookId)).map(
          ({ _id: id, state, tries, createdAt, nextAt, status, problem }) => ({
            id,
            state,
            tries,
            createdAt,
            nextAt,
            ...(status === undefined ? {} : { status }),
            ...(problem === undefined ? {} : { problem }),
          }),
        ),
      }
    },
    redeliver: async ({ principal, params: { party, webhookId, deliveryId } }) => {
      mustActFor(principal, party)
      await webhooks.own(party, webhookId)
      const row = await outgoing.find(deliveryId)
      if (!row || row.of !== webhookId) throw new WerenodeError('not-found', 'There is no such delivery')
      await outgoing.again(row)
      return undefined
    },
  }
}

const webhookOf = ({ _id: id, url, types, createdAt }: WebhookDoc) => ({ id, url, types, createdAt })
