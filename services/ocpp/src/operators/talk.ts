import { type StationRequests, WerenodeError } from '@werenode/core'
import type { StationConsole } from '../stations/console.ts'
import { type DossierKind, dossierKinds } from '../watch/dossier.ts'
import type { OwnStation, StationHandlers } from './office.ts'
import { queuedView, transactionView } from './view.ts'

type Talk = Pick<
  StationHandlers,
  | 'stations.send'
  | 'stations.queued'
  | 'stations.withdraw'
  | 'stations.messages'
  | 'stations.facts'
  | 'stations.transactions'
  | 'stations.signedValues'
  | 'stations.orphans'
  | 'stations.deviations'
>

type Plain = Readonly<Record<string, unknown>>

/** What is said to a station, what it said, and what came of it. */
export const talkRequests = ({ stations, own }: { stations: StationConsole; own: OwnStation }): Talk => ({
  'stations.send': async ({ party, stationId, action, payload, timeoutMs, expiresInS }) => {
    await own(party, stationId)
    const later = async (): Promise<StationRequests['stations.send']['answer']> => {
      const id = await stations.callLater(stationId, action, payload, expiresInS!)
      const queued = (await stations.queued(stationId)).find(({ _id }) => _id === id)!
      return { queued: queuedView(queued) }
    }
    try {
      return { answer: (await stations.call(stationId, action, payload, { timeoutMs })) as Plain }
    } catch (error) {
      const isAway = error instanceof WerenodeError && error.code === 'station-offline'
      if (isAway && expiresInS !== undefined) return later()
      throw error
    }
  },

  'stations.queued': async ({ party, stationId }) => {
    await own(party, stationId)
    return { items: (await stations.queued(stationId)).map(queuedView) }
  },

  'stations.withdraw': async ({ party, stationId, commandId }) => {
    await own(party, stationId)
    const item = (await stations.queued(stationId)).find(({ _id }) => _id === commandId)
    if (!item) throw new WerenodeError('not-found', `No message ${commandId} waits for station ${stationId}`)
    if (await stations.withdraw(commandId)) return {}
    throw new WerenodeError('conflict', `The message ${item.action} is not waiting any more: ${item.state}`, {
      hint: 'What a station heard cannot be taken back; send another message.',
    })
  },

  'stations.messages': async ({ party, stationId, after, until, ...filter }) => {
    await own(party, stationId)
    const span = {
      ...(after === undefined ? {} : { after: Date.parse(after) - 1 }),
      ...(until === undefined ? {} : { until: Date.parse(until) }),
    }
    return { items: await stations.messages(stationId, { ...filter, ...span }) }
  },

  'stations.facts': async ({ party, stationId, kind }) => {
    await own(party, stationId)
    if (!Object.hasOwn(dossierKinds, kind))
      throw new WerenodeError('invalid-input', `Nothing of the kind "${kind.slice(0, 40)}" is kept of stations`, {
        hint: `Kinds: ${Object.keys(dossierKinds).join(', ')}.`,
      })
    const items = await stations.dossier(stationId, kind as DossierKind)
    return { items: items.map(({ key, value, at }) => ({ key, value, at })) }
  },

  'stations.transactions': async ({ party, stationId, limit }) => {
    await own(party, stationId)
    return { items: (await stations.transactions(stationId, { limit })).map(transactionView) }
  },

  'stations.signedValues': async ({ party, stationId, transactionId }) => {
    await own(party, stationId)
    const { items, root } = await stations.signedValues(stationId, transactionId)
    return {
      items: items.map(({ at, context, original, verdict: { state, key, registerWh, why } }) => ({
        at,
        original,
        verdict: state,
        ...(context === undefined ? {} : { context }),
        ...(key === undefined ? {} : { key }),
        ...(registerWh === undefined ? {} : { registerWh }),
        ...(why === undefined ? {} : { why }),
      })),
      ...(root === undefined ? {} : { root }),
    }
  },

  'stations.orphans': async ({ party, stationId }) => {
    await own(party, stationId)
    const items = (await stations.orphans(stationId)) as StationRequests['stations.orphans']['answer']['items']
    return {
      items: items.map(({ transactionId, message, receivedAt, payload }) => ({
        transactionId,
        message,
        receivedAt,
        ...(payload === undefined ? {} : { payload }),
      })),
    }
  },

  'stations.deviations': async ({ party, stationId }) => {
    await own(party, stationId)
    const counts = Object.entries(await stations.deviations(stationId))
    return { items: counts.sort(([, a], [, b]) => b - a).map(([what, count]) => ({ what, count })) }
  },
})
