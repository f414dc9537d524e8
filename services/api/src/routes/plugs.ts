import { ask, type Bus, type EventEnvelope, type Party, type Principal, type Store } from '@werenode/core'
import { plugEventTypes } from '../contract/plugs.ts'
import type { EventStreams } from '../http/event-stream.ts'
import type { Handlers } from '../http/handler.ts'
import type { Audit } from '../identity/audit.ts'
import { lastEventId } from './last-event-id.ts'
import { mustActFor } from './parties.ts'

type Operations =
  | 'listPlugFamilies'
  | 'putPlugFamily'
  | 'addPlugObserver'
  | 'recordPlug'
  | 'getPlugRecording'
  | 'addPlug'
  | 'listPlugs'
  | 'getPlug'
  | 'removePlug'
  | 'rekeyPlug'
  | 'listPlugReadings'
  | 'listPlugAlarms'
  | 'streamPlugs'

/** Smart plugs are the MQTT service's; here it is seen to that an operator meets their own party's only. */
export const plugRoutes = (deps: {
  store: Store
  bus: Bus
  streams: EventStreams
  audit: Audit
  authenticateAgain: (request: Parameters<Handlers['streamPlugs']>[0]['request']) => Promise<Principal>
}): Pick<Handlers, Operations> => {
  const { store, bus, streams, audit, authenticateAgain } = deps
  const note = (principal: Principal, act: string, party: Party, plugId: string): Promise<unknown> =>
    store.write([audit.note({ principal, act, party, subject: plugId })])

  return {
    listPlugFamilies: async () => ask(bus, 'plugs.families', {}),

    putPlugFamily: async ({ principal, body }) => {
      const family = await ask(bus, 'plugs.putFamily', { profile: body })
      await store.write([audit.note({ principal, act: 'putPlugFamily', subject: family.family })])
      return family
    },

    addPlugObserver: async ({ principal, body: { name } }) => {
      const observer = await ask(bus, 'plugs.observe', { name })
      await store.write([audit.note({ principal, act: 'addPlugObserver', subject: name })])
      return observer
    },

    recordPlug: async ({ principal, params: { party }, body }) => {
      mustActFor(principal, party)
      const recording = await ask(bus, 'plugs.record', { party, ...body })
      await note(principal, 'recordPlug', party, recording.recordingId)
      return recording
    },

    getPlugRecording: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'plugs.recording', params)
    },

    addPlug: async ({ principal, params: { party }, body }) => {
      mustActFor(principal, party)
      const setup = await ask(bus, 'plugs.add', { ...body, party })
      await note(principal, 'addPlug', party, body.plugId)
      return setup
    },

    listPlugs: async ({ principal, params: { party } }) => {
      mustActFor(principal, party)
      return ask(bus, 'plugs.list', { party })
    },

    getPlug: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'plugs.get', params)
    },

    removePlug: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      await ask(bus, 'plugs.remove', params)
      await note(principal, 'removePlug', params.party, params.plugId)
      return undefined
    },

    rekeyPlug: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      const fresh = await ask(bus, 'plugs.rekey', params)
      await note(principal, 'rekeyPlug', params.party, params.plugId)
      return fresh
    },

    listPlugReadings: async ({ principal, params, query: { from, to, limit } }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'plugs.readings', {
        ...params,
        limit,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      })
    },

    listPlugAlarms: async ({ principal, params: { party }, query: { limit } }) => {
      mustActFor(principal, party)
      return ask(bus, 'plugs.alarms', { party, limit })
    },

    streamPlugs: async ({ principal, params: { party }, request, reply }) => {
      mustActFor(principal, party)
      let own: ReadonlySet<string> = new Set()
      const look = async (): Promise<void> => {
        own = new Set((await ask(bus, 'plugs.list', { party })).items.map(({ plugId }) => plugId))
      }
      await look()
      await streams.open(request, reply, {
        types: plugEventTypes,
        wanted: ({ data }: EventEnvelope) => own.has((data as { stationId: string }).stationId),
        ...lastEventId(request),
        stillAllowed: async () => {
          mustActFor(await authenticateAgain(request), party)
          // Plugs come and go while one listens.
          await look()
        },
        listener: principal.accountId,
      })
    },
  }
}
