import type { Bus, Clock, Store, Unsubscribe } from '@werenode/core'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Logger } from 'pino'
import type { CataloguePort } from './catalogue/port.ts'
import { createProjection } from './catalogue/projection.ts'
import { collections, type ObjectDoc } from './collections.ts'
import type { Handler } from './http/call.ts'
import { createDoor } from './http/door.ts'
import { notFound } from './http/envelope.ts'
import { createPeer, type PeerOptions } from './http/peer.ts'
import type { CredentialsRole, Kind, PartyRef, Token } from './model/model.ts'
import { authorizeHandler, createTokenDesk, type DecideToken, decideByValidity } from './modules/authorize.ts'
import { bookingReceiver } from './modules/booking-receiver.ts'
import { createBookings } from './modules/bookings.ts'
import { cdrReceiver, createKeepCdr } from './modules/cdrs.ts'
import { createPreferencesSender, preferencesDoor } from './modules/charging-preferences.ts'
import { createChargingProfiles } from './modules/charging-profiles.ts'
import { createClientInfoSender } from './modules/client-info-sender.ts'
import { type CarryOut, createCommands } from './modules/commands.ts'
import { credentialsModule } from './modules/credentials.ts'
import { hubClientInfo } from './modules/hub-client-info.ts'
import { invoiceReceiver } from './modules/invoices.ts'
import { createPayments } from './modules/payments.ts'
import { createProfileSender } from './modules/profile-sender.ts'
import { type ReceiverDeps, receive } from './modules/receiver.ts'
import { byMethod, getOwnLocation, listOwn, type SenderDeps } from './modules/sender.ts'
import { createObjects } from './objects/objects.ts'
import { createPager } from './objects/page.ts'
import { createOutbox } from './outbox/outbox.ts'
import { createSend } from './outbox/send.ts'
import { createCaller } from './partners/caller.ts'
import { createDesk } from './partners/desk.ts'
import { createDeviationCounter } from './partners/deviations.ts'
import { createHandshake } from './partners/handshake.ts'
import { createTurnstile } from './partners/one-at-a-time.ts'
import { createPartnerRecords } from './partners/records.ts'
import { servePartners } from './partners/requests.ts'
import { createSelfCheck } from './partners/self-check.ts'
import { serveServices } from './partners/service-requests.ts'
import { createPull, kindsOf, type Pulled, type PullReport } from './pull/pull.ts'
import { createSchedule } from './pull/schedule.ts'
import { createCarryOut } from './roaming/carry-out.ts'
import { createCharges } from './roaming/charges.ts'
import { serveRoamingDoor } from './roaming/door.ts'
import { createForeignPlugs } from './roaming/foreign-plugs.ts'
import { createLimitPlug } from './roaming/limit-plug.ts'
import { createOwnPlugs } from './roaming/own-plug.ts'
import { createStatements } from './statements/desk.ts'
import { type VersionNumber, versionNumbers } from './versions/versions.ts'

export interface OcpiServiceOptions {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Logger
  /** Where partners reach this node, e.g. `https://node.example`; OCPI lies under `/ocpi` there. */
  readonly origin: string
  /** Default `/ocpi`. */
  readonly prefix?: string
  /** Our party, CPO and eMSP under one name. */
  readonly party: PartyRef & { readonly name: string; readonly website?: string }
  /** Our locations and tariffs; absent: only what is put here by `putOwn`. */
  readonly catalogue?: CataloguePort
  /** Carries partners' commands out at our plugs; `manager`: through this node's EVSE manager; absent: NOT_SUPPORTED. */
  readonly carryOut?: CarryOut | 'manager'
  /** Whether a token of ours may charge at a partner's; default: whether it is valid. */
  readonly decideToken?: DecideToken
  /** Versions we speak, the best first. Default all. */
  readonly versions?: readonly VersionNumber[]
  readonly peer?: PeerOptions
  readonly outbox?: { readonly firstPauseMs?: number; readonly longestPauseMs?: number; readonly perPartner?: number }
  /** How often partners are pulled; 0: only when asked. Default 30 min, spread by a tenth. */
  readonly pullEveryMs?: number
  /** Objects asked for per page, and most objects of a page of ours. Default 100 and 250. */
  readonly pageLimits?: { readonly ask?: number; readonly give?: number }
  readonly commandTimeoutS?: number
  /** mod_hub_client_info: whether partners are told of each other as hubs tell, and how closely they are watched. Of us they are always told. */
  readonly clientInfo?: { readonly partners?: boolean; readonly lookEveryMs?: number; readonly silentForMs?: number }
  /** How often plugs with a partner's charging profile are looked at, and their stations asked for what they plan, ms. Default 5 s and 60 s. */
  readonly profiles?: { readonly lookEveryMs?: number; readonly askEveryMs?: number }
  /** How long a partner's CDR is waited for before a charge abroad ends by its session, ms. Default 10 min. */
  readonly cdrWaitMs?: number
}

/**
 * Roaming: OCPI 2.1.1, 2.2.1 and 2.3.0, as CPO and as eMSP at once, under `<origin>/ocpi`.
 *
 * @example
 * const ocpi = createOcpiService({ store, bus, clock, log, origin, party: { country_code: 'FR', party_id: 'WRN', name: 'Werenode' } })
 * await app.register(ocpi.routes) // or: await ocpi.listen({ port: 0 })
 * await ocpi.start()
 * await ocpi.partners.add({ url: 'https://partner.example/ocpi/versions', token: 'their token A' })
 */
export const createOcpiService = (options: OcpiServiceOptions) => {
  const { store, bus, clock, log, prefix = '/ocpi' } = options
  const us: PartyRef = { country_code: options.party.country_code, party_id: options.party.party_id }
  const base = `${options.origin.replace(/\/$/, '')}${prefix}`
  const roles = (['CPO', 'EMSP'] as const).map(
    (role): CredentialsRole => ({
      role,
      ...us,
      business_details: {
        name: options.party.name,
        ...(options.party.website ? { website: options.party.website } : {}),
      },
    }),
  )

  const records = createPartnerRecords({ store, clock })
  const peer = createPeer(options.peer)
  const caller = createCaller({ peer, records })
  const deviations = createDeviationCounter({ store, clock })
  const turnstile = createTurnstile()
  const objects = createObjects({ store, clock, partners: records.list, onOwed: () => outbox.kick() })
  const outbox = createOutbox({
    store,
    clock,
    log,
    send: createSend({ store, call: caller.once }),
    trouble: records.trouble,
    ...options.outbox,
  })

  /** 2.1.1 names the contract, not the card; contracts are unique among ours. */
  const ownToken = async (contractId: string): Promise<Token | undefined> => {
    const { items } = await store.find<ObjectDoc<'tokens'>>(
      'ocpi_objects',
      { owner: 'own', kind: 'tokens', 'object.contract_id': contractId },
      { limit: 1 },
    )
    return items[0]?.object ?? plugs.tokenOf(contractId)
  }
  const onChanged: ReceiverDeps['onChanged'] = (...news) => plugs.onChanged(...news)
  const receiver: ReceiverDeps = { us, objects, ownToken, onChanged }
  const get = (id: string) => store.get<ObjectDoc>('ocpi_objects', id)
  const cdrDeps = { ...receiver, store, trouble: records.trouble }
  const ownPlugs = createOwnPlugs({ store, us })
  const commands = createCommands({
    store,
    clock,
    log,
    us,
    records,
    call: caller.call,
    carryOut: options.carryOut === 'manager' ? createCarryOut({ store, bus, plugs: ownPlugs }) : options.carryOut,
    senderBase: (version) => `${base}/emsp/${version}/commands`,
    ...(options.commandTimeoutS === undefined ? {} : { timeoutS: options.commandTimeoutS }),
  })
  const profileSender = createProfileSender({
    store,
    clock,
    us,
    records,
    call: caller.call,
    senderBase: (version) => `${base}/emsp/${version}/chargingprofiles`,
  })
  const prefer = createPreferencesSender({ us, records, call: caller.call })
  const plugs = createForeignPlugs({
    store,
    bus,
    clock,
    log,
    us,
    issuer: options.party.name,
    commands,
    profiles: profileSender,
    catalogue: options.catalogue,
    ...(options.cdrWaitMs === undefined ? {} : { cdrWaitMs: options.cdrWaitMs }),
  })
  const charges = createCharges({ store, bus, clock, log, us, objects })
  const authorizeToken = createTokenDesk({ store, partners: records.list, call: caller.call, us })
  let serving: readonly Unsubscribe[] = []
  const pull = createPull({
    store,
    clock,
    us,
    objects,
    call: caller.call,
    keepCdr: createKeepCdr(cdrDeps),
    onChanged,
    ownToken,
    trouble: records.trouble,
    onDeviations: deviations.add,
    ...(options.pageLimits?.ask === undefined ? {} : { limit: options.pageLimits.ask }),
  })
  const schedule = createSchedule({ records, pull, log, everyMs: options.pullEveryMs ?? 30 * 60_000 })
  const handshake = createHandshake({
    records,
    peer,
    caller,
    turnstile,
    now: clock,
    versionsUrl: `${base}/versions`,
    roles,
    onRegistered: ({ _id }) => schedule.soon(_id),
  })
  const desk = createDesk({
    records,
    handshake,
    outbox,
    deviations,
    peer,
    clock,
    versionsUrl: `${base}/versions`,
    versions: options.versions ?? versionNumbers,
  })
  const profiles = createChargingProfiles({
    store,
    clock,
    log,
    us,
    call: caller.call,
    records,
    plug: createLimitPlug({ store, bus, plugs: ownPlugs, us }),
    ...(options.profiles === undefined ? {} : { watch: options.profiles }),
  })
  const statements = createStatements({ store, bus, clock, log, us, records, objects, turnstile, call: caller.call })
  const check = createSelfCheck({
    records,
    call: caller.call,
    test: desk.test,
    deviationsOf: deviations.of,
    owed: outbox.owed,
    clock,
    us,
  })
  const pullNow = async (partnerId: string, kind: Pulled, how: { full?: boolean } = {}): Promise<PullReport> =>
    pull(await records.get(partnerId), kind, how)
  const projection =
    options.catalogue === undefined
      ? undefined
      : createProjection({
          bus,
          clock,
          log,
          catalogue: options.catalogue,
          objects,
          us,
          operatorName: options.party.name,
        })

  const clientInfos = createClientInfoSender({
    clock,
    log,
    own: roles.map(({ role }) => ({ ...us, role })),
    objects,
    records,
    told: async () => {
      const { items } = await store.find<ObjectDoc<'hubclientinfo'>>(
        'ocpi_objects',
        { owner: 'own', kind: 'hubclientinfo' },
        { limit: 10_000 },
      )
      return items.map(({ object }) => object)
    },
    away: outbox.isAway,
    alive: async (partner) =>
      partner.versionsUrl !== undefined &&
      (await caller.once(partner, { method: 'GET', url: partner.versionsUrl })).http !== 0,
    ...options.clientInfo,
    partners: options.clientInfo?.partners ?? false,
  })
  const sender: SenderDeps = { store, log, us, page: createPager(store), limit: options.pageLimits?.give ?? 250 }
  const list = (kind: Kind): Handler => byMethod({ GET: listOnly(listOwn(kind, sender)) })
  const locations = listOwn('locations', sender)
  const location = getOwnLocation(sender)
  const authorize = authorizeHandler({ store, us, decide: options.decideToken ?? decideByValidity })
  const tokens = listOwn('tokens', sender)
  const invoices = {
    list: list('invoicereconciliation'),
    receive: invoiceReceiver({ ...receiver, get, trouble: records.trouble }),
  }
  const payments = createPayments({
    clock,
    us,
    objects,
    records,
    call: caller.call,
    trouble: records.trouble,
    billed: async (reference) => {
      const { items } = await store.find<ObjectDoc<'cdrs'>>(
        'ocpi_objects',
        { owner: 'own', kind: 'cdrs', 'object.authorization_reference': reference },
        { limit: 1 },
      )
      const cdr = items[0]?.object
      return cdr && { id: cdr.id, total: cdr.total_cost.incl_vat ?? cdr.total_cost.excl_vat }
    },
    listTerminals: listOwn('terminals', sender),
    listAdvices: listOwn('financialadvices', sender),
  })
  const bookings = createBookings({
    store,
    clock,
    log,
    us,
    objects,
    records,
    call: caller.call,
    listLocations: listOwn('bookinglocations', sender),
    listBookings: listOwn('bookings', sender),
  })
  const modules = new Map<string, Handler>([
    ['cpo/payments', payments.receiver],
    ['ptp/payments', payments.sender],
    ['cpo/bookings', bookings.sender],
    ['emsp/bookings', bookingReceiver({ objects })],
    ['credentials', credentialsModule(handshake)],
    ['hubclientinfo', hubClientInfo({ ...receiver, get, list: list('hubclientinfo') })],
    ['statement', statements.handler],
    ['cpo/chargingprofiles', profiles.receiver],
    ['emsp/chargingprofiles', profileSender.receiver],
    ['cpo/locations', byMethod({ GET: async (call) => (call.parts.length === 0 ? locations(call) : location(call)) })],
    ['cpo/tariffs', list('tariffs')],
    ['cpo/sessions', byMethod({ GET: listOnly(listOwn('sessions', sender)), PUT: preferencesDoor({ store, us }) })],
    ['cpo/cdrs', list('cdrs')],
    ['cpo/tokens', receive('tokens', receiver)],
    ['cpo/commands', commands.receiver],
    ['cpo/invoicereconciliation', invoices.list],
    ['emsp/locations', receive('locations', receiver)],
    ['emsp/tariffs', receive('tariffs', receiver)],
    ['emsp/sessions', receive('sessions', receiver)],
    ['emsp/cdrs', cdrReceiver(cdrDeps)],
    ['emsp/tokens', byMethod({ GET: listOnly(tokens), POST: authorize })],
    ['emsp/commands', commands.resultReceiver],
    ['emsp/invoicereconciliation', invoices.receive],
  ])
  const door = createDoor({
    records,
    now: clock,
    log,
    base,
    prefix,
    us,
    modules,
    onDeviations: deviations.add,
    onSeen: (partnerId) => {
      outbox.seen(partnerId)
      clientInfos.heard(partnerId)
    },
    versions: options.versions ?? versionNumbers,
  })
  let app: FastifyInstance | undefined

  return {
    /** A Fastify plugin: everything under the prefix, in a scope of its own. */
    routes: door.routes,
    /** Listens on a port of its own instead. Returns its address. */
    listen: async (listen: { port: number; host?: string }): Promise<string> => {
      app = Fastify({
        loggerInstance: log as FastifyBaseLogger,
        logController: new LogController({ disableRequestLogging: true }),
        routerOptions: { maxParamLength: 1_000 },
        forceCloseConnections: true,
      })
      await app.register(door.routes)
      return app.listen({ host: '127.0.0.1', ...listen })
    },
    /** Creates its collections, reads the catalogue, goes on where it stopped: pushes, results, registrations. */
    start: async (): Promise<void> => {
      await store.define(collections)
      deviations.start((error) => log.warn({ err: error }, 'Deviations could not be counted'))
      await plugs.start()
      await charges.start()
      serving = [
        ...serveServices({ bus, store, clock, us, records, objects, payments, bookings, prefer }),
        ...serveRoamingDoor({ store, bus, clock, plugs: ownPlugs, charges, authorizeToken }),
        ...servePartners({
          bus,
          us,
          desk,
          check,
          pull: pullNow,
          pulledOf: async (id) => kindsOf(await records.get(id)),
          statements,
        }),
      ]
      await projection?.start()
      await commands.start()
      outbox.start()
      await clientInfos.start()
      profiles.start()
      await statements.start()
      bookings.start()
      schedule.start()
      void desk.resume().catch((error: unknown) => log.error({ err: error }, 'Registrations could not be resumed'))
    },
    stop: async (): Promise<void> => {
      for (const stop of serving) await stop()
      serving = []
      await schedule.stop()
      await clientInfos.stop()
      await outbox.stop()
      await bookings.stop()
      await statements.stop()
      await profiles.stop()
      await commands.stop()
      await projection?.stop()
      await charges.stop()
      await plugs.stop()
      await deviations.stop()
      await app?.close()
    },
    /** Partners for people: add, test, see, resend, renew, end. */
    partners: desk,
    /** Pulls now what a partner has; `full` asks for everything, not only for what is new. */
    pull: pullNow,
    /** What is wrong on a partner's side, in words. */
    check,
    /** A period with a partner, `from` <= end of the charge < `to`, to the cent and with every disagreement. */
    statement: statements.of,
    /** Closes a period: both sides sign the net, whoever owes it pays on chain. */
    closeStatement: statements.close,
    /** Writes an object of ours; partners that follow it get it. Tokens, CDR credits and invoices come in here. */
    putOwn: objects.putOwn,
    /** An object we hold: of ours (`own`) or of a partner. */
    object: async <K extends Kind>(owner: string, kind: K, id: string) => objects.get(owner, kind, id),
    /** May this foreign token charge at our plug? By list or by its issuer, now. */
    authorizeToken,
    /** Sends a command to a partner's plug. */
    sendCommand: commands.send,
    /** Limits the power of our drivers' charges at partners' plugs (2.2.1, 2.3.0). */
    profiles: {
      set: profileSender.set,
      get: profileSender.get,
      clear: profileSender.clear,
      active: profileSender.active,
    },
    /** What our driver prefers for a charge at a partner's plug (2.2.1, 2.3.0). */
    prefer,
    /** Payment terminals of a partner: put them at our plugs, ask for one, give it back (2.3.0). */
    payments: { assign: payments.assign, activate: payments.activate, deactivate: payments.deactivate },
    /** Books at a partner's plug, changes and cancels (2.3.0); `lookAfter` sees at once what has become of those at ours. */
    bookings: { request: bookings.request, lookAfter: bookings.lookAfter },
    /** Foreign drivers' charges at our plugs. */
    charges,
    versionsUrl: `${base}/versions`,
  }
}
export type OcpiService = ReturnType<typeof createOcpiService>

/** A list has no path behind it. */
const listOnly =
  (handler: Handler): Handler =>
  async (call) => {
    if (call.parts.length > 0) throw notFound(`An object at ${call.parts.join('/').slice(0, 60)}`)
    return handler(call)
  }
