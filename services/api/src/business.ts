import type { BlobStore, Bus, Clock, CollectionSpec, Store, Unsubscribe } from '@werenode/core'
import type { FastifyBaseLogger } from 'fastify'
import { creditMoveCollection, followCreditMoves } from './account/credit-moves.ts'
import { serveFreeUsers } from './account/free-users.ts'
import { createPersonalData } from './account/personal-data.ts'
import { thingCollections } from './account/things.ts'
import { askFaucet, followDeposits } from './account/voucher-deposits.ts'
import { createVouchers } from './account/vouchers.ts'
import { createCatalogue } from './catalogue/catalogue.ts'
import { followRegistry, onChainCollection } from './catalogue/on-chain.ts'
import { createOwnPlaces, type StationParty } from './catalogue/own-places.ts'
import { createPlaceIndex } from './catalogue/place-index.ts'
import { createSearch } from './catalogue/search.ts'
import { followSeenPlugs, seenPlugCollection } from './catalogue/seen-plugs.ts'
import { createTariffBook } from './catalogue/tariff-book.ts'
import { createTiles } from './catalogue/tiles.ts'
import { chargeCollection, followCharges } from './charges/charge-doc.ts'
import { billingCollection } from './documents/billing.ts'
import { createDocuments, documentCollections } from './documents/documents.ts'
import { followSignedReadings } from './documents/exports.ts'
import type { EventStreams } from './http/event-stream.ts'
import type { Audit } from './identity/audit.ts'
import { identityCollections } from './identity/collections.ts'
import type { MailQueue } from './mail/mail-queue.ts'
import { followNotices, noticeCollections } from './notify/notices.ts'
import { pushSenders, vapidCollection } from './notify/push.ts'
import { figureCollections, followFaults, sumHour } from './operators/figures.ts'
import { createPayouts, payoutCollection } from './operators/payouts.ts'
import { createWebhooks, webhookCollection, webhookSender } from './operators/webhooks.ts'
import { createOutgoing, outgoingCollection } from './outgoing/queue.ts'
import { type BlobUrls, blobRoutes } from './routes/blobs.ts'
import { catalogueRoutes } from './routes/catalogue.ts'
import { documentRoutes } from './routes/documents.ts'
import { driverRoutes } from './routes/driver.ts'
import { moneyRoutes } from './routes/money.ts'
import { noticeRoutes } from './routes/notices.ts'
import { operatorCatalogueRoutes } from './routes/operator-catalogue.ts'
import { operatorPlaceRoutes } from './routes/operator-places.ts'
import { operatorRoutes } from './routes/operators.ts'
import { createOwnSession } from './routes/own-session.ts'
import { partyDriverRoutes } from './routes/party-drivers.ts'
import { disputeCollection, receiptRoutes } from './routes/receipts.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { vehicleChoiceRoutes } from './routes/vehicle-choices.ts'

export interface BusinessOptions {
  /** Whose a station is, as the stations' service knows it; without it only an admin puts stations at locations. */
  readonly stationParty?: StationParty
  /** Where pictures and documents are kept; without it there are none. */
  readonly blobs?: BlobStore
  /** Opens the signed addresses of `blobs` at /v1/blobs; without it they lead elsewhere (S3). */
  readonly blobUrls?: BlobUrls
  /** For a laptop and for tests: webhooks and pushes may go to this machine's own addresses, and without TLS. */
  readonly postInward?: boolean
  /** Other than Expo's own push service. */
  readonly expoPushUrl?: string
  /** The chain's JSON-RPC door for clients, told by GET /v1/network. */
  readonly rpcUrl?: string
}

/** Everything this part keeps in the store. */
const collections: readonly CollectionSpec[] = [
  onChainCollection,
  seenPlugCollection,
  chargeCollection,
  disputeCollection,
  billingCollection,
  ...thingCollections,
  ...documentCollections,
  ...figureCollections,
  webhookCollection,
  payoutCollection,
  creditMoveCollection,
  ...noticeCollections,
  vapidCollection,
  outgoingCollection,
]

/** What this service does besides knowing people: places, charges, documents, money, notices. */
export const createBusiness = (
  deps: BusinessOptions & {
    store: Store
    bus: Bus
    clock: Clock
    log: FastifyBaseLogger
    origin: string
    streams: EventStreams
    audit: Audit
    mail: MailQueue
    endLogins: (accountId: string) => Promise<void>
    authenticate: Parameters<typeof sessionRoutes>[0]['authenticateAgain']
  },
) => {
  const { store, bus, clock, origin, streams, audit } = deps
  const places = createPlaceIndex({ store, bus, clock })
  const tariffs = createTariffBook({ store, clock })
  const catalogue = createCatalogue({ store, bus, clock })
  const own = createOwnPlaces({ store, ...(deps.stationParty ? { stationParty: deps.stationParty } : {}) })
  const vouchers = createVouchers({ store, bus, clock, log: deps.log })
  const payouts = createPayouts({ store, bus, clock })
  const documents = createDocuments({ store, bus, clock, blobs: deps.blobs, origin })
  const personal = createPersonalData({
    store,
    bus,
    endLogins: deps.endLogins,
    collections: () => [...identityCollections, ...collections],
  })
  const post = { allowInward: deps.postInward ?? false }
  const outgoing = createOutgoing({
    store,
    clock,
    onProblem: (error) => deps.log.warn({ err: error }, 'deliveries could not be looked at; trying again'),
    senders: {
      webhook: webhookSender({ store, clock, post }),
      ...pushSenders({
        store,
        clock,
        contact: origin.startsWith('https:') ? origin : 'mailto:operator@localhost.invalid',
        post,
        ...(deps.expoPushUrl === undefined ? {} : { expoUrl: deps.expoPushUrl }),
      }),
    },
  })
  const webhooks = createWebhooks({ store, bus, clock, outgoing, post })
  const ownSession = createOwnSession(bus)
  const running: Unsubscribe[] = []

  return {
    collections,
    personal,
    handlers: {
      ...catalogueRoutes({
        store,
        search: createSearch({ store, clock, tariffs, correct: places.correct }),
        tiles: createTiles({ store, index: places }),
        streams,
        origin,
      }),
      ...operatorCatalogueRoutes({
        store,
        clock,
        catalogue,
        own,
        audit,
      }),
      ...operatorPlaceRoutes({ store, bus, blobs: deps.blobs, catalogue, own, stationParty: deps.stationParty, audit }),
      ...sessionRoutes({ bus, streams, ownSession, authenticateAgain: deps.authenticate }),
      ...vehicleChoiceRoutes({ store, clock, ownSession }),
      ...operatorRoutes({ store, audit, webhooks, outgoing, payouts }),
      ...noticeRoutes({ store, clock, post }),
      ...receiptRoutes({ store, bus, clock, origin, documents }),
      ...documentRoutes({ store, bus, documents, personal, audit }),
      ...blobRoutes({ blobs: deps.blobs, blobUrls: deps.blobUrls }),
      ...driverRoutes({ store, clock, vouchers }),
      ...partyDriverRoutes({ store, clock, audit, vouchers }),
      ...moneyRoutes({ store, bus, ...(deps.rpcUrl === undefined ? {} : { rpcUrl: deps.rpcUrl }) }),
    },
    /** Sends what is due now; by itself every two seconds while running. */
    sendDue: (): Promise<void> => outgoing.sendDue(),
    sweep: async (): Promise<void> => {
      await outgoing.sweep()
      await askFaucet({ store, bus })
    },
    start: async (): Promise<void> => {
      running.push(serveFreeUsers({ store, bus, clock }))
      running.push(await followRegistry({ store, bus }))
      running.push(await followSeenPlugs({ store, bus }))
      running.push(
        await followCharges({
          store,
          bus,
          clock,
          onChange: async ({ party, endedHour }) => {
            if (endedHour !== undefined) await sumHour(store, party, endedHour)
          },
        }),
      )
      running.push(await followDeposits({ store, bus }))
      running.push(await payouts.follow())
      running.push(await followCreditMoves({ store, bus }))
      running.push(await followFaults({ store, bus }))
      running.push(await webhooks.follow())
      running.push(await followNotices({ store, bus, clock, mail: deps.mail, outgoing, origin }))
      outgoing.start()
      running.push(await followSignedReadings({ store, bus }))
    },
    stop: async (): Promise<void> => {
      for (const stop of running.splice(0)) await stop()
      await outgoing.stop()
      await places.close()
    },
  }
}
