import {
  openAuthorization,
  receiptTypedData,
  type SigningDomain,
  sign,
  termsTypedData,
  topUpAuthorization,
  topUpTypedData,
} from '@werenode/chain'
import {
  type Address,
  describeTariff,
  type Hex,
  type OpenRequest,
  parseEvseId,
  parseTariff,
  type Quote,
  receiptFromWire,
  type SessionStateName,
  type SessionView,
  termsFromWire,
  termsToWire,
  type Wallet,
  WerenodeError,
} from '@werenode/core'
import { checkReceipt, type ReceiptVerdict } from './check-receipt.ts'
import { checkTerms } from './check-terms.ts'
import type { DisplayedQuote, QuoteWish } from './displayed-quote.ts'
import type { LoginHttp } from './login.ts'
import { domainOf, type Network, type PayoutReader } from './network.ts'
import type { Readings } from './readings.ts'
import type { SessionKeys } from './session-keys.ts'

export interface SessionPage {
  readonly items: readonly SessionView[]
  readonly next?: string
}

/** What became of a co-signing: signed, or left to the dispute window with the reason. */
export type CosignOutcome =
  | { readonly cosigned: true; readonly session: SessionView; readonly verdict: ReceiptVerdict }
  | { readonly cosigned: false; readonly why: string; readonly session: SessionView; readonly verdict?: ReceiptVerdict }

export interface Charging {
  quote(wish: QuoteWish): Promise<DisplayedQuote>
  open(displayed: DisplayedQuote, permit?: OpenRequest['permit']): Promise<SessionView>
  session(sessionId: string): Promise<SessionView>
  sessions(
    filter?: { states?: readonly SessionStateName[]; evseId?: string; limit?: number },
    cursor?: string,
  ): Promise<SessionPage>
  stop(sessionId: string): Promise<SessionView>
  topUp(sessionId: string, newMaxMicro: bigint): Promise<SessionView>
  cosign(sessionId: string): Promise<CosignOutcome>
}

const usualMaxMicro = 25_000_000n
const topUpValidS = 600

export const createCharging = (deps: {
  http: LoginHttp
  wallet?: Wallet
  keys: SessionKeys
  readings: Readings
  network: () => Promise<Network>
  payoutOf?: PayoutReader
  tokenDomain?: SigningDomain
  clock: () => Date
}): Charging => {
  const { http, keys, readings, network, clock } = deps

  const wallet = (): Wallet => {
    if (deps.wallet) return deps.wallet
    throw new WerenodeError('not-authenticated', 'Charging needs a wallet', { hint: 'Give createWerenode a wallet.' })
  }

  const tokenDomain = (): SigningDomain => {
    if (deps.tokenDomain) return deps.tokenDomain
    throw new WerenodeError('invalid-input', 'Paying by authorisation needs the token’s EIP-712 domain', {
      hint: 'Give createWerenode `tokenDomain`, or charge from credit.',
    })
  }

  const session = (sessionId: string): Promise<SessionView> =>
    http.json(`/v1/sessions/${encodeURIComponent(sessionId)}`)

  return {
    async quote(wish) {
      const { address } = wallet()
      const evseId = parseEvseId(wish.evseId)
      const { connector = 1, source = 'Credit', maxAmountMicro = usualMaxMicro } = wish
      const chain = await network()
      const sessionKey = await keys.make()
      const quote = await http.json<Quote>('/v1/quotes', {
        method: 'POST',
        body: { evseId, connector, sessionKey, source, maxAmountMicro: maxAmountMicro.toString() },
      })
      try {
        const terms = termsFromWire(quote.terms)
        const tariff = parseTariff(quote.tariff)
        const free = terms.maxAmount === 0n
        const payout = free ? undefined : await payoutOf(deps.payoutOf, chain, terms.operatorId)
        const sessionId = checkTerms(quote, terms, tariff, {
          driver: address,
          sessionKey,
          evseId,
          connector,
          source,
          maxAmountMicro,
          network: chain,
          payout,
          now: clock(),
        })
        return {
          sessionId,
          evseId,
          connector,
          locationName: quote.locationName,
          terms,
          operatorSignature: quote.operatorSignature,
          expiresAt: new Date(terms.openBy * 1000),
          maxAmountMicro: terms.maxAmount,
          free,
          tariff,
          timeZone: quote.timeZone,
          price: describeTariff(tariff),
          example: { ...quote.example, totalMicro: BigInt(quote.example.totalMicro) },
          keyClass: quote.keyClass,
          meterCertified: quote.meterCertified,
        }
      } catch (error) {
        await keys.forget(sessionKey)
        throw error
      }
    },

    async open(displayed, permit) {
      const driver = wallet()
      const chain = await network()
      const domain = domainOf(chain)
      // Once more over the very object that was on the screen: what is signed is what was shown, or nothing is.
      const { terms, tariff } = displayed
      checkTerms(displayed, terms, tariff, {
        driver: driver.address,
        sessionKey: terms.sessionKey,
        evseId: displayed.evseId,
        connector: displayed.connector,
        source: terms.source,
        maxAmountMicro: displayed.maxAmountMicro,
        network: chain,
        payout: displayed.free ? undefined : await payoutOf(deps.payoutOf, chain, terms.operatorId),
        now: clock(),
      })
      if (displayed.expiresAt <= clock())
        throw new WerenodeError('quote-expired', `The quote expired at ${displayed.expiresAt.toISOString()}`, {
          hint: 'Ask for a new one; nothing was signed.',
        })
      const driverSignature: Hex =
        terms.source === 'Authorization'
          ? await sign(driver, openAuthorization(terms, domain, tokenDomain()))
          : await sign(driver, termsTypedData(terms, domain))
      const request: OpenRequest = {
        terms: termsToWire(terms),
        operatorSignature: displayed.operatorSignature,
        driverSignature,
        ...(permit === undefined ? {} : { permit }),
      }
      return http.json('/v1/sessions', { method: 'POST', body: request, idempotencyKey: displayed.sessionId })
    },

    session,

    sessions: ({ states, evseId, limit } = {}, cursor) =>
      http.json('/v1/sessions', { query: { state: states, evseId, limit, cursor } }),

    stop: (sessionId) =>
      // The same stop twice is one stop, so it may be repeated.
      http.json(`/v1/sessions/${encodeURIComponent(sessionId)}/stop`, {
        method: 'POST',
        idempotencyKey: `stop-${sessionId}`,
      }),

    async topUp(sessionId, newMaxMicro) {
      const [view, chain] = await Promise.all([session(sessionId), network()])
      const terms = termsFromWire(view.terms)
      const domain = domainOf(chain)
      const deadline = Math.floor(clock().getTime() / 1000) + topUpValidS
      const signature =
        terms.source === 'Authorization'
          ? await sign(
              wallet(),
              topUpAuthorization(
                terms,
                { held: BigInt(view.limitMicro), newMax: newMaxMicro, deadline },
                domain,
                tokenDomain(),
              ),
            )
          : await sign(wallet(), topUpTypedData({ sessionId: view.id, newMax: newMaxMicro, deadline }, domain))
      return http.json(`/v1/sessions/${view.id}/topup`, {
        method: 'POST',
        body: { newMaxMicro: newMaxMicro.toString(), deadline, signature },
        idempotencyKey: `topup-${view.id}-${newMaxMicro}-${deadline}`,
      })
    },

    async cosign(sessionId) {
      const view = await session(sessionId)
      if (view.cosigned)
        return { cosigned: true, session: view, verdict: checkReceipt(view, await readings.of(view.id)) }
      const key = await keys.walletOf(view.terms.sessionKey)
      if (!key) return { cosigned: false, session: view, why: 'The session key is not on this device.' }
      const verdict = checkReceipt(view, await readings.of(view.id))
      if (!verdict.holds) return { cosigned: false, session: view, why: verdict.why, verdict }
      const signature = await sign(key, receiptTypedData(receiptFromWire(view.receipt!), domainOf(await network())))
      const after = await http.json<SessionView>(`/v1/sessions/${view.id}/cosign`, {
        method: 'POST',
        body: { signature },
        idempotencyKey: `cosign-${view.id}`,
      })
      return { cosigned: true, session: after, verdict }
    },
  }
}

/** From the chain itself where the app can ask it; else what the node says, held to the operator the node names for itself. */
const payoutOf = async (reader: PayoutReader | undefined, chain: Network, operatorId: Hex): Promise<Address> => {
  if (reader) return reader(chain.operatorRegistry, operatorId)
  if (operatorId.toLowerCase() === chain.operatorId.toLowerCase()) return chain.payee
  throw new WerenodeError(
    'terms-refused',
    `The terms are of operator ${operatorId}, which this node does not speak for`,
    {
      hint: 'Give createWerenode `payoutOf`, so that the operator registry can be asked.',
    },
  )
}
