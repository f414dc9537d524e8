import { createHash } from 'node:crypto'
import { evseIdHash, offerHashOf, offerToWire } from '@werenode/chain'
import {
  ask,
  type Bus,
  type ChainNetwork,
  type ConnectorOffer,
  type Evse,
  isWerenodeError,
  type Location,
  type WireListing,
} from '@werenode/core'
import type { ManagerSettings } from '../settings.ts'
import type { Wanted } from './plan.ts'
import { type OfferDraft, standingOfferOf } from './standing-offer.ts'

/** What one EVSE of the catalogue should be on chain, with the draft whose tariff must be kept. */
export interface WantedEvse extends Wanted {
  readonly draft?: OfferDraft
}

const pageSize = 500
/** The registry lets anybody read them: a name is enough, an address book is not needed. */
const mostNameCharacters = 120

/** Every payable EVSE of this node's operator as the registry should show it. `onSkipped` hears of prices the chain cannot say. */
export const wantedEvses = async (deps: {
  bus: Bus
  network: ChainNetwork
  settings: ManagerSettings
  onSkipped: (evseId: string, why: string) => void
}): Promise<readonly WantedEvse[]> => {
  const { bus, network } = deps
  const wanted: WantedEvse[] = []
  let after: string | undefined
  do {
    const page = await ask(bus, 'catalogue.locations', {
      sources: ['own', 'demo'],
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    })
    for (const location of page.items)
      for (const evse of location.evses) {
        const offers = await offersOf(bus, evse, network)
        if (offers.length > 0) wanted.push(wantedOf(deps, location, evse, offers))
      }
    after = page.next
  } while (after !== undefined)
  return wanted
}

/** The paid connectors of an EVSE that are this operator's to offer. */
const offersOf = async (bus: Bus, evse: Evse, network: ChainNetwork): Promise<readonly ConnectorOffer[]> => {
  if (!evse.payable || evse.station === undefined || evse.status === 'REMOVED') return []
  const offers: ConnectorOffer[] = []
  for (const { id } of evse.connectors)
    try {
      const offer = await ask(bus, 'catalogue.offer', { evseId: evse.evseId, connector: id })
      if (offer.payable && !offer.free && offer.operatorId === network.operatorId) offers.push(offer)
    } catch (error) {
      if (!isWerenodeError(error) || !['not-found', 'not-payable', 'not-computable'].includes(error.code)) throw error
    }
  return offers
}

const wantedOf = (
  { network, settings, onSkipped }: Parameters<typeof wantedEvses>[0],
  location: Location,
  evse: Evse,
  offers: readonly ConnectorOffer[],
): WantedEvse => {
  const listing = listingOf(location, evse)
  const bare = { evseIdHash: evseIdHash(evse.evseId), listing, listingDigest: digestOf(listing) }
  try {
    const draft = standingOfferOf(offers, network, settings)
    if (draft === undefined) return bare
    return { ...bare, draft, offer: { hash: offerHashOf(draft.offer), wire: offerToWire(draft.offer) } }
  } catch (error) {
    if (!isWerenodeError(error)) throw error
    onSkipped(evse.evseId, error.message)
    return bare
  }
}

const listingOf = (location: Location, evse: Evse): WireListing => ({
  evseId: evse.evseId,
  name: location.name.slice(0, mostNameCharacters),
  latitudeE7: Math.round(location.position.lat * 1e7),
  longitudeE7: Math.round(location.position.lon * 1e7),
  connectors: evse.connectors.map(({ id, standard, maxPowerW }) => ({ connector: id, standard, maxPowerW })),
})

export const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')
