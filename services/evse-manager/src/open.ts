import { escrowDomain, type SigningDomain, sessionIdOf } from '@werenode/chain'
import {
  ask,
  type Bus,
  type Clock,
  isWerenodeError,
  microEuroToText,
  type OpenRequest,
  type SessionRecord,
  type Store,
  termsFromWire,
  WerenodeError,
} from '@werenode/core'
import { collections } from './collections.ts'
import { newSession } from './new-session.ts'
import { occupied, type Quotes, refuseWhenChainIsAway, type StoredQuote } from './quote.ts'
import type { Sessions } from './sessions.ts'

/** Opens the escrow for quoted terms. The same terms again answer the same session: a lost answer costs nothing. */
export const createOpen =
  (deps: { store: Store; bus: Bus; clock: Clock; sessions: Sessions; quotes: Quotes }) =>
  async (request: OpenRequest): Promise<SessionRecord> => {
    const { store, bus, sessions } = deps
    const network = await ask(bus, 'relayer.network', {})
    const terms = termsFromWire(request.terms)
    const domain = escrowDomain(network.chainId, network.escrow)
    const sessionId = sessionIdOf(terms, domain)
    const known = await sessions.find(sessionId)
    if (known) return known
    const stored = await store.get<StoredQuote>(collections.quotes, sessionId)
    if (stored === undefined)
      throw new WerenodeError('quote-mismatch', 'These terms are not a quote of ours', {
        hint: 'Ask for a new quote and sign exactly what it says.',
      })
    const at = deps.clock()
    if (at.toISOString() >= stored.expiresAt)
      throw new WerenodeError('quote-expired', `The quote expired at ${stored.expiresAt}`, {
        hint: 'Ask for a new one; nothing was charged.',
      })
    const offer = await deps.quotes.offerNow(stored.offer.evseId, stored.offer.connector)
    // Free as it was quoted: a free user's quote binds like any other.
    const { free } = stored.offer
    if (!free) {
      await refuseWhenChainIsAway(bus)
      await refuseForeignSignature(bus, request, domain)
      await refuseMissingMoney(bus, request)
    }
    const record = newSession({
      sessionId,
      door: free ? 'free' : 'app',
      terms: stored.quote.terms,
      operatorSignature: stored.quote.operatorSignature,
      driverSignature: request.driverSignature,
      ...(request.permit === undefined ? {} : { permit: request.permit }),
      offer: stored.offer,
      at: at.toISOString(),
    })
    try {
      return await sessions.create(record)
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'conflict') throw error
      const again = await sessions.find(sessionId)
      if (again) return again
      const holder = await store.find<SessionRecord>(
        collections.sessions,
        { stationId: offer.stationId, evse: offer.evse, connector: offer.connector, holdsConnector: true },
        { limit: 1 },
      )
      if (holder.items.length > 0) throw occupied(offer.evseId)
      throw new WerenodeError('conflict', 'Another charge of yours is just being opened', {
        hint: 'Wait for it, then try again.',
      })
    }
  }

/**
 * The signature is judged here as the contract will judge it, contract wallets included (R20), so that a stranger cannot hold a plug
 * with a forged one. That of an authorisation is the token's to judge, when the relayer tries the opening.
 */
const refuseForeignSignature = async (bus: Bus, request: OpenRequest, domain: SigningDomain): Promise<void> => {
  if (request.terms.source === 'Authorization') return
  const account = request.terms.driver
  const digest = sessionIdOf(termsFromWire(request.terms), domain)
  const { valid } = await ask(bus, 'relayer.signedBy', { account, digest, signature: request.driverSignature })
  if (valid) return
  throw new WerenodeError('signature-invalid', `The signature is not that of ${account} over these terms`, {
    hint: 'Sign the quote with the account it was made for.',
  })
}

const refuseMissingMoney = async (bus: Bus, request: OpenRequest): Promise<void> => {
  const { creditMicro, walletMicro } = await ask(bus, 'relayer.credit', { account: request.terms.driver })
  const has = BigInt(request.terms.source === 'Credit' ? creditMicro : walletMicro)
  const needs = BigInt(request.terms.maxAmount)
  if (has >= needs) return
  const where = request.terms.source === 'Credit' ? 'Your credit' : 'Your wallet'
  throw new WerenodeError(
    'credit-insufficient',
    `${where} holds ${microEuroToText(has)} EUR; this charge locks ${microEuroToText(needs)} EUR`,
    {
      hint: 'Deposit more, or ask for a quote with a smaller limit.',
      data: { hasMicro: has.toString(), needsMicro: needs.toString() },
    },
  )
}
