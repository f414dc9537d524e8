import { coversConnector, type StandingOffer, termsFromOffer } from '@werenode/chain'
import type { ChargeTerms } from '@werenode/core'

/** Every field in which terms differ from what this offer makes of the driver's choice (R24); empty: it is our offer. */
export const differencesFromOffer = (terms: ChargeTerms, offer: StandingOffer): readonly string[] => {
  const ours = termsFromOffer(offer, terms)
  const fields = Object.keys(ours) as (keyof ChargeTerms)[]
  return [
    ...fields.filter((field) => String(ours[field]).toLowerCase() !== String(terms[field]).toLowerCase()),
    ...(terms.maxAmount < offer.minAmount || terms.maxAmount > offer.maxAmount ? ['maxAmount'] : []),
    ...(coversConnector(offer, terms.connector) ? [] : ['connector']),
  ]
}
