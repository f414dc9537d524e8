import type { EvsePublication, Hex, PublishedEvse, WireListing, WireOffer } from '@werenode/core'

/** What this node wants the registry to say of one EVSE. */
export interface Wanted {
  readonly evseIdHash: Hex
  readonly listing: WireListing
  /** Digest of the listing, compared with the one last confirmed. */
  readonly listingDigest: string
  /** Absent: no standing offer, it is free or its price cannot be said on chain. */
  readonly offer?: { readonly hash: Hex; readonly wire: WireOffer }
}

/** What was known of an EVSE when the registry was last looked at. */
export interface Known {
  readonly onChain: PublishedEvse
  /** Digest of the listing sent last; undefined when this node never sent one. */
  readonly listingDigest?: string
}

const none: Hex = `0x${'0'.repeat(64)}`
/** Items in one call: its gas stays below 16.7 M (EIP-7825). */
const perCall = 40

/**
 * The calls that bring the registry to what is wanted, pure. Registering comes first; an offer follows once the chain says that the
 * EVSE is there. `gone` are EVSEs this node once published and no longer has.
 */
export const planPublication = (
  wanted: readonly Wanted[],
  known: ReadonlyMap<Hex, Known>,
  gone: readonly Hex[],
  times: { readonly nowS: number; readonly offerLifeS: number; readonly renewBelowS: number },
): readonly EvsePublication[] => {
  const { nowS, offerLifeS, renewBelowS } = times
  // Whole hours: plans made within the hour are the same plan.
  const validUntil = Math.floor((nowS + offerLifeS) / 3600) * 3600
  const chainOf = (hash: Hex): PublishedEvse | undefined => known.get(hash)?.onChain
  const there = wanted.filter(({ evseIdHash }) => chainOf(evseIdHash)?.registered === true)

  const missing = wanted.filter(({ evseIdHash }) => chainOf(evseIdHash)?.registered === false)
  const relisted = there.filter(
    ({ evseIdHash, listingDigest }) => known.get(evseIdHash)?.listingDigest !== listingDigest,
  )
  const opened = there.filter(({ evseIdHash }) => chainOf(evseIdHash)?.active === false)
  const offered = there.filter(({ evseIdHash, offer }) => {
    if (offer === undefined) return false
    const chain = chainOf(evseIdHash)!
    // An offer that pins a key not yet in force covers nothing; it is set when the key is (R26).
    return chain.offerHash !== offer.hash && chain.meterKeyHash.toLowerCase() === offer.wire.meterKeyHash.toLowerCase()
  })
  const renewed = there.filter(({ evseIdHash, offer }) => {
    const chain = chainOf(evseIdHash)!
    return offer !== undefined && chain.offerHash === offer.hash && chain.offerValidUntil < nowS + renewBelowS
  })
  const withdrawn = there.filter(
    ({ evseIdHash, offer }) => offer === undefined && chainOf(evseIdHash)!.offerHash !== none,
  )
  const closed = gone.filter((hash) => chainOf(hash)?.active === true)
  const hashes = (items: readonly { readonly evseIdHash: Hex }[]): readonly Hex[] =>
    items.map(({ evseIdHash }) => evseIdHash)

  return [
    ...inCalls(
      missing,
      (items): EvsePublication => ({
        do: 'register',
        items: items.map(({ listing }) => ({ listing, active: true })),
      }),
    ),
    ...inCalls(relisted, (items): EvsePublication => ({ do: 'list', listings: items.map(({ listing }) => listing) })),
    ...inCalls(opened, (items): EvsePublication => ({ do: 'setActive', evseIdHashes: hashes(items), active: true })),
    ...inCalls(
      offered,
      (items): EvsePublication => ({
        do: 'offer',
        updates: items.map(({ evseIdHash, offer }) => ({ evseIdHash, offer: offer!.wire, validUntil })),
      }),
    ),
    ...inCalls(renewed, (items): EvsePublication => ({ do: 'renew', evseIdHashes: hashes(items), validUntil })),
    ...inCalls(withdrawn, (items): EvsePublication => ({ do: 'withdraw', evseIdHashes: hashes(items) })),
    ...inCalls(closed, (items): EvsePublication => ({ do: 'setActive', evseIdHashes: items, active: false })),
  ]
}

const inCalls = <T>(items: readonly T[], call: (part: readonly T[]) => EvsePublication): readonly EvsePublication[] =>
  Array.from({ length: Math.ceil(items.length / perCall) }, (_, index) =>
    call(items.slice(index * perCall, (index + 1) * perCall)),
  )
