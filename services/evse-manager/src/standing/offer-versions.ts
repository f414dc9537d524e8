import { offerFromWire, offerHashOf, offerToWire, type StandingOffer } from '@werenode/chain'
import type { ConnectorOffer, Hex, Store, WireOffer } from '@werenode/core'
import { collections } from '../collections.ts'
import type { OfferDraft } from './standing-offer.ts'

/**
 * A standing offer this node published, with the tariff behind its hash: what a session opened from it is priced by, whatever the
 * catalogue says later (R12).
 */
export interface OfferVersion {
  readonly _id: string
  readonly evseIdHash: Hex
  readonly offerHash: Hex
  readonly offer: WireOffer
  readonly connectors: readonly ConnectorOffer[]
  readonly at: string
}

const versionId = (evseIdHash: Hex, offerHash: Hex): string => `${evseIdHash}:${offerHash}`

export const createOfferVersions = (store: Store) => ({
  /** Kept before it is sent: an offer on chain whose tariff we lost could not be honoured. */
  keep: async (evseIdHash: Hex, { offer, connectors }: OfferDraft, at: string): Promise<Hex> => {
    const offerHash = offerHashOf(offer)
    const doc: OfferVersion = {
      _id: versionId(evseIdHash, offerHash),
      evseIdHash,
      offerHash,
      offer: offerToWire(offer),
      connectors,
      at,
    }
    await store.write([{ op: 'put', in: collections.offers, doc }])
    return offerHash
  },
  find: async (
    evseIdHash: Hex,
    offerHash: Hex,
  ): Promise<(Omit<OfferVersion, 'offer'> & { readonly offer: StandingOffer }) | undefined> => {
    const doc = await store.get<OfferVersion>(collections.offers, versionId(evseIdHash, offerHash))
    return doc === undefined ? undefined : { ...doc, offer: offerFromWire(doc.offer) }
  },
})

export type OfferVersions = ReturnType<typeof createOfferVersions>
