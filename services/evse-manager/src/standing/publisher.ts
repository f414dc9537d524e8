import {
  ask,
  type Bus,
  type Clock,
  type EventEnvelope,
  type EvsePublication,
  type Hex,
  isWerenodeError,
  type Store,
  type Unsubscribe,
  unixSeconds,
} from '@werenode/core'
import { collections } from '../collections.ts'
import type { ManagerSettings } from '../settings.ts'
import type { OfferVersions } from './offer-versions.ts'
import { type Known, planPublication } from './plan.ts'
import { digestOf, wantedEvses } from './wanted.ts'

/** What was last sent of an EVSE's listing: the registry keeps listings in its events only. */
interface PublishedRow {
  readonly _id: Hex
  readonly evseId: string
  readonly listingDigest: string
}

/** Publications that fail are planned again from what the chain says, under a new key, after this time. */
const retryAfterS = 60

/**
 * Keeps EvseRegistry in step with the catalogue: each payable EVSE listed, with the gateway's meter key and a standing offer that is
 * renewed in time (R10, R11). It compares and sends what differs, so a crash, a lost transaction or somebody else's call needs no
 * care of its own. Looks every `publishEveryMs`, and at once when the catalogue changes or a publication is mined.
 */
export const createPublisher = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  settings: ManagerSettings
  versions: OfferVersions
  log: { info(data: Record<string, unknown>, message: string): void }
  onError: (error: unknown) => void
}): { start(): void; stop: Unsubscribe } => {
  const { store, bus, clock, settings, versions, log } = deps
  const told = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let untap: Unsubscribe | undefined
  let running: Promise<void> = Promise.resolve()
  let stopped = true

  const onSkipped = (evseId: string, why: string): void => {
    if (told.has(`${evseId}:${why}`)) return
    told.add(`${evseId}:${why}`)
    log.info({ evseId, why }, 'This plug has no standing offer: charge there through the API')
  }

  const look = async (hashes: readonly Hex[]): Promise<Map<Hex, Known>> => {
    const known = new Map<Hex, Known>()
    for (let from = 0; from < hashes.length; from += 100) {
      const part = hashes.slice(from, from + 100)
      const { items } = await ask(bus, 'relayer.evses', { evseIdHashes: part }, { timeoutMs: 20_000 })
      const rows = new Map(
        (await store.getMany<PublishedRow>(collections.published, part)).map((row) => [row._id, row]),
      )
      for (const onChain of items) {
        const digest = rows.get(onChain.evseIdHash)?.listingDigest
        known.set(onChain.evseIdHash, { onChain, ...(digest === undefined ? {} : { listingDigest: digest }) })
      }
    }
    return known
  }

  const turn = async (): Promise<void> => {
    const network = await ask(bus, 'relayer.network', {})
    const wanted = await wantedEvses({ bus, network, settings, onSkipped })
    const here = new Set(wanted.map(({ evseIdHash }) => evseIdHash))
    const gone = (await allPublished(store)).filter((hash) => !here.has(hash))
    const known = await look([...here, ...gone])
    const at = clock()
    const { offerLifeS, renewBelowS } = settings.standing
    const plan = planPublication(wanted, known, gone, { nowS: unixSeconds(at), offerLifeS, renewBelowS })
    for (const { evseIdHash, draft, offer } of wanted)
      if (draft !== undefined && (await versions.find(evseIdHash, offer!.hash)) === undefined)
        await versions.keep(evseIdHash, draft, at.toISOString())
    const slot = Math.floor(unixSeconds(at) / retryAfterS)
    for (const publication of plan) {
      const key = `publish:${publication.do}:${digestOf(publication).slice(0, 32)}:${slot}`
      await ask(bus, 'relayer.submit', { key, intent: { kind: 'publish', publication } })
      await noteListings(store, publication, wanted)
    }
  }

  const loop = (): void => {
    if (timer !== undefined) clearTimeout(timer)
    timer = undefined
    running = running.then(async () => {
      if (stopped) return
      try {
        await turn()
      } catch (error) {
        const away = isWerenodeError(error) && ['no-responder', 'timeout', 'chain-unavailable'].includes(error.code)
        if (!away) deps.onError(error)
      }
      if (!stopped && timer === undefined) timer = setTimeout(loop, settings.standing.publishEveryMs)
    })
  }

  /** Several changes in a row are one look. */
  const soon = (): void => {
    if (stopped) return
    if (timer !== undefined) clearTimeout(timer)
    timer = setTimeout(loop, settings.standing.settleMs)
  }

  return {
    start: () => {
      stopped = false
      untap = bus.tap(['catalogue.changed', 'tariff.changed', 'chain.intent'], (event) => {
        if (isReason(event)) soon()
      })
      loop()
    },
    stop: async () => {
      stopped = true
      if (timer !== undefined) clearTimeout(timer)
      await untap?.()
      await running
    },
  }
}

const isReason = (event: EventEnvelope): boolean => {
  if (event.type === 'chain.intent') return (event as EventEnvelope<'chain.intent'>).data.key.startsWith('publish:')
  if (event.type !== 'catalogue.changed') return true
  const { what } = (event as EventEnvelope<'catalogue.changed'>).data
  return what !== 'status' && what !== 'power'
}

const noteListings = async (
  store: Store,
  publication: EvsePublication,
  wanted: readonly { readonly evseIdHash: Hex; readonly listing: { readonly evseId: string }; listingDigest: string }[],
): Promise<void> => {
  if (publication.do !== 'register' && publication.do !== 'list') return
  const sent = new Set(
    publication.do === 'list'
      ? publication.listings.map(({ evseId }) => evseId)
      : publication.items.map(({ listing }) => listing.evseId),
  )
  await store.write(
    wanted
      .filter(({ listing }) => sent.has(listing.evseId as never))
      .map(({ evseIdHash, listing, listingDigest }) => {
        const doc: PublishedRow = { _id: evseIdHash, evseId: listing.evseId, listingDigest }
        return { op: 'put' as const, in: collections.published, doc }
      }),
  )
}

const allPublished = async (store: Store): Promise<readonly Hex[]> => {
  const hashes: Hex[] = []
  let after: string | undefined
  do {
    const page = await store.find<PublishedRow>(
      collections.published,
      {},
      { sort: [['_id', 1]], limit: 1_000, ...(after === undefined ? {} : { after }) },
    )
    hashes.push(...page.items.map(({ _id }) => _id))
    after = page.next
  } while (after !== undefined)
  return hashes
}
