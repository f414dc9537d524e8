import {
  type Bus,
  type Clock,
  type Doc,
  isWerenodeError,
  type StationReply,
  type Store,
  type Stored,
  stationCommandSubject,
  WerenodeError,
} from '@werenode/core'
import type { Logger } from 'pino'
import type { StationLink } from '../stations/station.ts'
import type { TransactionBook } from '../transactions/book.ts'
import { applyGrants } from './apply.ts'
import { defaultLimit, tookIt } from './default-limit.ts'
import { type Sharer, shareSite } from './share.ts'

/** An EVSE behind a site's limit. */
export interface SiteEvse {
  readonly stationId: string
  readonly evse: number
  /** Most its connector gives, W. */
  readonly maxW: number
  /** Least that charges a car there, W; 6 A on three phases are 4,140. */
  readonly minW: number
}

/** A connection to the grid that several EVSEs share. */
export interface Site extends Doc {
  readonly _id: string
  readonly party?: string
  readonly limitW: number
  readonly evses: readonly SiteEvse[]
  /** What each EVSE was last granted, W, by `<stationId>#<evse>`. */
  readonly granted: Readonly<Record<string, number>>
  /** What drivers want, by the same key. */
  readonly targets: Readonly<Record<string, { readonly energyWh: number; readonly departAt: string }>>
}

export interface Sites {
  /** Makes a site or changes it; what was granted stays reserved until it is taken back. */
  put(site: Pick<Site, '_id' | 'party' | 'limitW' | 'evses'>): Promise<void>
  get(siteId: string): Promise<Site | undefined>
  /** The driver's wish: so much energy by then; undefined ends it. */
  target(
    siteId: string,
    where: { stationId: string; evse: number },
    wish: { energyWh: number; departAt: Date } | undefined,
  ): Promise<void>
  /** Shares the limit anew and brings the shares into force. */
  balance(siteId: string): Promise<Site>
  /** A party's own. */
  list(party: string): Promise<readonly Site[]>
  /** Lifts the limit; answers with what could not be told. */
  remove(siteId: string): Promise<readonly { place: SiteEvse; grantedW: number }[]>
  balanceAll(): Promise<void>
}

const collection = 'ocpp_sites'
const keyOf = ({ stationId, evse }: { stationId: string; evse: number }): string => `${stationId}#${evse}`

export const createSites = ({
  store,
  bus,
  clock,
  log,
  book,
}: {
  store: Store
  bus: Bus
  clock: Clock
  log: Logger
  book: Pick<TransactionBook, 'openOn' | 'lastReading'>
}): Sites => {
  const named = async (siteId: string): Promise<Stored<Site>> => {
    const site = await store.get<Site>(collection, siteId)
    if (site) return site
    throw new WerenodeError('not-found', `There is no site "${siteId}"`)
  }
  const change = async (siteId: string, make: (site: Site) => Site): Promise<void> => {
    const { _rev, ...site } = await named(siteId)
    await store.write([{ op: 'replace', in: collection, doc: make(site), rev: _rev }])
  }

  const sharerOf = async (site: Site, place: SiteEvse): Promise<Sharer & { transactionId?: string }> => {
    const key = keyOf(place)
    const link = await store.get<StationLink>('ocpp_links', place.stationId)
    const running = (await book.openOn(place.stationId)).find(({ evse }) => evse === place.evse)
    const last = running && (await book.lastReading(running))
    const deliveredWh = Math.max(0, (last?.registerWh ?? 0) - (running?.startWh ?? last?.registerWh ?? 0))
    const wish = site.targets[key]
    return {
      key,
      maxW: place.maxW,
      minW: place.minW,
      active: running !== undefined,
      reachable: link?.connected ?? false,
      grantedW: site.granted[key] ?? 0,
      deliveredWh,
      ...(wish
        ? { target: { energyWh: Math.max(0, wish.energyWh - deliveredWh), departMs: Date.parse(wish.departAt) } }
        : {}),
      ...(running ? { transactionId: running.transactionId } : {}),
    }
  }

  /** The default first: it holds also when the transaction ends, or another begins, before we hear of it. */
  const tell = async (place: SiteEvse, transactionId: string | undefined, limitW: number): Promise<boolean> => {
    const link = await store.get<StationLink>('ocpp_links', place.stationId)
    if (!link?.connected) return false
    try {
      const subject = stationCommandSubject(place.stationId)
      if (!tookIt(await bus.request(subject, defaultLimit(link.version, place.evse, limitW)))) return false
      if (transactionId === undefined) return true
      const running = { verb: 'setLimit', evse: place.evse, transactionId, limitW }
      return (await bus.request<StationReply>(subject, running)).accepted
    } catch (error) {
      if (!isWerenodeError(error)) throw error
      log.info({ stationId: place.stationId, evse: place.evse, why: error.message }, 'A share was not taken')
      return false
    }
  }

  const balance: Sites['balance'] = async (siteId) => {
    let { _rev: rev, ...site } = await named(siteId)
    const sharers = await Promise.all(site.evses.map((place) => sharerOf(site, place)))
    // An EVSE that left the site still holds what it was granted until somebody takes that back at its station.
    const known = new Set(sharers.map(({ key }) => key))
    const leftovers = Object.entries(site.granted).filter(([key, value]) => !known.has(key) && value > 0)
    const reservedW = leftovers.reduce((sum, [, value]) => sum + value, 0)
    const wanted = shareSite(Math.max(0, site.limitW - reservedW), sharers, clock().getTime())
    const { inForce, complete } = await applyGrants(
      site.limitW,
      new Map(Object.entries(site.granted)),
      wanted,
      (key, limitW) => {
        const place = site.evses.find((one) => keyOf(one) === key)!
        return tell(place, sharers.find((one) => one.key === key)?.transactionId, limitW)
      },
      async (grants) => {
        // Whoever else balances this site meanwhile wins or loses here, before anything is told to a station.
        const doc: Site = { ...site, granted: Object.fromEntries(grants) }
        const [next] = await store.write([{ op: 'replace', in: collection, doc, rev }])
        rev = next!
        site = doc
      },
    )
    if (!complete) log.info({ siteId, granted: Object.fromEntries(inForce) }, 'A site could not be balanced fully yet')
    return site
  }

  return {
    put: async ({ _id, party, limitW, evses }) => {
      const before = await store.get<Site>(collection, _id)
      const { granted = {}, targets = {} } = before ?? {}
      const doc: Site = { _id, ...(party === undefined ? {} : { party }), limitW, evses, granted, targets }
      await store.write([
        before ? { op: 'replace', in: collection, doc, rev: before._rev } : { op: 'insert', in: collection, doc },
      ])
    },
    get: (siteId) => store.get(collection, siteId),
    list: async (party) => (await store.find<Site>(collection, { party }, { limit: 1_000, sort: [['_id', 1]] })).items,
    remove: async (siteId) => {
      const { _rev, ...site } = await named(siteId)
      // Gone first: whoever shares it at this moment loses, and nobody cuts again what is lifted now.
      await store.write([{ op: 'delete', in: collection, id: siteId, rev: _rev }])
      const kept: { place: SiteEvse; grantedW: number }[] = []
      for (const place of site.evses) {
        const grantedW = site.granted[keyOf(place)]
        if (grantedW === undefined) continue
        const { transactionId } = await sharerOf(site, place)
        if (!(await tell(place, transactionId, place.maxW))) kept.push({ place, grantedW })
      }
      return kept
    },
    target: (siteId, where, wish) =>
      change(siteId, (site) => {
        const { [keyOf(where)]: _before, ...others } = site.targets
        const own = wish && { [keyOf(where)]: { energyWh: wish.energyWh, departAt: wish.departAt.toISOString() } }
        return { ...site, targets: { ...others, ...own } }
      }),
    balance,
    balanceAll: async () => {
      const { items } = await store.find<Site>(collection, {}, { limit: 10_000 })
      for (const { _id } of items)
        await balance(_id).catch((error: unknown) => {
          // Another process was quicker.
          if (!(isWerenodeError(error) && error.code === 'conflict')) throw error
        })
    },
  }
}
