import type { Bus, Clock, EventEnvelope, SessionRecord, Store, Unsubscribe } from '@werenode/core'
import { createAdoptOnChain } from './adopt-on-chain.ts'
import { type Cards, createCards } from './cards.ts'
import { followChain } from './chain-events.ts'
import { collectionSpecs } from './collections.ts'
import { createCostMeter } from './cost-meter.ts'
import { createEffectRunner } from './effects.ts'
import { createOpen } from './open.ts'
import { createQuotes } from './quote.ts'
import { createIssuerCosign, createReceiptMaker } from './receipt.ts'
import { serveRequests } from './requests.ts'
import { createRoamingDoor } from './roaming.ts'
import { createScheduler, dueTimers } from './scheduler.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { createCatchUp } from './set-back.ts'
import { defaultManagerSettings, type ManagerSettings } from './settings.ts'
import { createOfferVersions } from './standing/offer-versions.ts'
import { createPublisher } from './standing/publisher.ts'
import { followStations } from './station-events.ts'

export { collections as managerCollections, series as managerSeries } from './collections.ts'
export { defaultManagerSettings, type ManagerSettings } from './settings.ts'

export interface EvseManagerDeps {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly log: {
    error(data: Record<string, unknown>, message: string): void
    info(data: Record<string, unknown>, message: string): void
  }
  readonly settings?: Partial<ManagerSettings>
}

export interface EvseManager {
  /** Follows stations and chain, serves requests, resumes whatever was under way. */
  start(): Promise<void>
  /** Finishes what is under way and stops; what is left resumes at the next start. */
  stop: Unsubscribe
  readonly cards: Cards
}

/**
 * The orchestrator: every charge walks through here, whatever door it came in by. It decides; stations, chain and apps are
 * reached only over the bus.
 */
export const createEvseManager = ({ store, bus, clock, log, settings: given }: EvseManagerDeps): EvseManager => {
  const settings: ManagerSettings = { ...defaultManagerSettings, ...given }
  const cost = createCostMeter(store)
  const onError = (error: unknown, context: Record<string, unknown> = {}): void =>
    log.error({ ...context, err: error }, 'The EVSE manager could not finish a step; it is tried again')

  let sessions: Sessions
  const effects = createEffectRunner({
    bus,
    clock,
    sessions: () => sessions,
    makeReceipt: createReceiptMaker({ store, bus, cost }),
    issuerCosign: createIssuerCosign(bus),
    onError,
  })
  sessions = createSessions({ store, bus, clock, settings, onStored: effects.kick })
  const quotes = createQuotes({ store, bus, clock, settings })
  const roaming = createRoamingDoor({ bus, sessions, quotes })
  const cards = createCards({ store, bus, clock, sessions, quotes, settings, foreign: roaming.authorize })
  const open = createOpen({ store, bus, clock, sessions, quotes })

  const onDue = (record: SessionRecord): void => {
    const now = clock().toISOString()
    effects.kick(record)
    for (const name of dueTimers(record, now))
      sessions.act(record._id, () => ({ input: { type: 'timer', at: clock().toISOString(), name } })).catch(onError)
  }
  const onSetBack = createCatchUp({ store, clock, sessions, settings })
  const scheduler = createScheduler({ store, clock, everyMs: settings.dueEveryMs, onDue, onSetBack, onError })

  const adoptAtPlug = async (event: EventEnvelope<'transaction.started'>): Promise<SessionRecord | undefined> =>
    (await cards.adoptAtPlug(event)) ?? roaming.adoptAtPlug(event)

  const versions = createOfferVersions(store)
  const adoptOnChain = createAdoptOnChain({ store, bus, clock, sessions, versions, log })
  const publisher = createPublisher({ store, bus, clock, settings, versions, log, onError })

  let running: Unsubscribe[] = []
  return {
    cards,
    start: async () => {
      await store.define(collectionSpecs)
      running = [
        ...serveRequests({ store, bus, clock, sessions, quotes, cards, roaming, open }),
        await followStations({ store, bus, clock, sessions, cost, adoptAtPlug }),
        await followChain({ bus, clock, sessions, adoptOnChain }),
      ]
      scheduler.start()
      publisher.start()
    },
    stop: async () => {
      await publisher.stop()
      await scheduler.stop()
      for (const unsubscribe of running) await unsubscribe()
      running = []
      await effects.stop()
    },
  }
}
