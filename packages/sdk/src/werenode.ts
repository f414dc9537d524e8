import type { SigningDomain } from '@werenode/chain'
import { type Address, type Party, parseSessionId, type SessionView, type Wallet } from '@werenode/core'
import { type ApiCalls, createApiCalls } from './api/calls.ts'
import { type Charging, createCharging } from './charging.ts'
import { createHttp, type Http } from './http.ts'
import { followSession, type LiveOptions, type SessionEvent } from './live.ts'
import { createLocations, type Locations } from './locations.ts'
import { createLoginHttp, type Login, type LoginHttp } from './login.ts'
import { createNetworkReader, type Network, type PayoutReader, type PinnedNetwork } from './network.ts'
import { createOAuth, type OAuth } from './oauth.ts'
import { createOffline, type Offline } from './offline.ts'
import { createOperator, type Operator } from './operator.ts'
import { createReadings } from './readings.ts'
import { createRoaming, type Roaming } from './roaming.ts'
import { createSessionKeys } from './session-keys.ts'
import { createStations, type Stations } from './stations.ts'
import { memoryStorage, type Storage } from './storage.ts'
import { createWithdrawing, type Withdrawing } from './withdrawing.ts'

export interface WerenodeOptions {
  /** The node, e.g. `https://charge.example`. */
  readonly baseUrl: string
  /** Who signs; without one only the public catalogue can be read. */
  readonly wallet?: Wallet
  /** Default: the platform's. On React Native one that streams (`expo/fetch`). */
  readonly fetch?: typeof globalThis.fetch
  /** Where tokens, session keys and readings outlive the process; default: nowhere. */
  readonly storage?: Storage
  /** Sign in when a call needs it (default), or throw `not-authenticated`. */
  readonly autoSignIn?: boolean
  /** Where signatures are good, when the app knows it; default: what the node said first. */
  readonly network?: PinnedNetwork
  /** Asks the operator registry itself where an operator's money goes (R15); default: the node's word. */
  readonly payoutOf?: PayoutReader
  /** EIP-712 domain of the token, for `source: 'Authorization'`. */
  readonly tokenDomain?: SigningDomain
  readonly clock?: () => Date
}

/** A node, from a driver's side. Every call throws WerenodeError with a stable `code`, a sentence and mostly a hint. */
export interface Werenode extends Charging {
  /**
   * Signs in with the wallet: one signature (EIP-4361), no gas.
   *
   * @example
   * const { address } = await werenode.signIn()
   */
  signIn(): Promise<Login>
  /**
   * Signs in with an e-mail address and its password. Charging still needs a wallet.
   *
   * @example
   * const { accountId } = await werenode.signInWithPassword('anna@example.org', 'four words of mine')
   */
  signInWithPassword(email: string, password: string): Promise<Login>
  /**
   * Makes an account by mail: a letter with a link comes. Nobody has to be signed in, and nobody is.
   *
   * @example
   * await werenode.signUpWithPassword({ email: 'bert@example.org', password: 'a long enough phrase', locale: 'fr' })
   */
  signUpWithPassword(wish: {
    readonly email: string
    readonly password: string
    readonly locale?: 'en' | 'fr'
  }): Promise<void>
  /**
   * Signs in with a passkey: `ask` hands the node's options to the platform and gives its answer as JSON.
   *
   * @example
   * const login = () => werenode.signInWithPasskey((options) => askPlatform(options))
   * console.log(login.name)
   */
  signInWithPasskey(ask: (options: object) => Promise<object>): Promise<Login>
  /**
   * Adds a wallet (default: this client's) to the account that is signed in: one signature, no gas. A login that had none charges with it
   * from now on. Throws `conflict` for a wallet of another account.
   *
   * @example
   * const address = await werenode.linkWallet(privateKeyWallet(key))
   * console.log(address)
   */
  linkWallet(wallet?: Wallet): Promise<Address>
  /** Signing in on the node's own page, or by a code typed elsewhere. */
  readonly oauth: OAuth
  /**
   * Every operation of the node by its name, with what it takes and gives typed from the OpenAPI document. Signed in as this client is.
   *
   * @example
   * const { items } = await werenode.api.listLogins()
   * console.log(items.length)
   */
  readonly api: ApiCalls
  /** What this device last knew, and what it still has to say, while the node cannot be reached. */
  readonly offline: Offline
  /**
   * Ends this device's login.
   *
   * @example
   * await werenode.signOut()
   */
  signOut(): Promise<void>
  /**
   * The login that is kept, if any; asks nobody.
   *
   * @example
   * const known = (await werenode.login()) !== undefined
   */
  login(): Promise<Login | undefined>
  /**
   * Asks for price and terms, and checks them against what was asked, the tariff and the network (R15). Makes the session key.
   * Throws `terms-refused` for terms that do not hold.
   *
   * @example
   * const quote = await werenode.quote({ evseId: 'FR*WRN*E000001' })
   * console.log(quote.price[0]?.inclVat, quote.maxAmountMicro)
   */
  quote: Charging['quote']
  /**
   * Signs the quote that was shown and opens the session: one signature, no gas. The same quote again answers the same session.
   *
   * @example
   * const session = await werenode.open(quote)
   */
  open: Charging['open']
  /**
   * A session as it is now.
   *
   * @example
   * const { state, energyWh, costMicro } = await werenode.session(quote.sessionId)
   */
  session: Charging['session']
  /**
   * Own sessions, newest first, by page.
   *
   * @example
   * const { items, next } = await werenode.sessions({ states: ['charging'] })
   */
  sessions: Charging['sessions']
  /**
   * Stops a session.
   *
   * @example
   * await werenode.stop(session.id)
   */
  stop: Charging['stop']
  /**
   * Raises the limit of a running session to `newMaxMicro` in all: one signature.
   *
   * @example
   * await werenode.topUp(session.id, 40_000_000n)
   */
  topUp: Charging['topUp']
  /**
   * Co-signs the receipt with the session key, if the amount recomputed from tariff and readings seen agrees (R22). Otherwise says why,
   * and leaves the dispute window open.
   *
   * @example
   * const outcome = await werenode.cosign(session.id)
   * if (!outcome.cosigned) console.log(outcome.why)
   */
  cosign: Charging['cosign']
  /**
   * Follows a session until it is over, through lost connections. What it tells is the evidence `cosign` checks by, so keep it running.
   *
   * @example
   * for await (const event of werenode.live(session.id))
   *   if (event.type === 'session.meter') console.log(event.data.energyWh, event.data.costMicro)
   */
  live(sessionId: string, options?: LiveOptions): AsyncGenerator<SessionEvent, void, void>
  /**
   * Waits until a session is in one of these states (or over), and gives it.
   *
   * @example
   * await werenode.until(session.id, ['charging'])
   */
  until(
    sessionId: string,
    states: readonly SessionView['state'][],
    options?: { signal?: AbortSignal },
  ): Promise<SessionView>
  /** The public catalogue. */
  readonly locations: Locations
  /**
   * What a party's operator does: smart plugs, tariffs, locations.
   *
   * @example
   * const { items } = await werenode.operator('FR*ABC' as Party).plugs()
   */
  operator(party: Party): Operator
  /**
   * The partners this node roams with.
   *
   * @example
   * const { items } = await werenode.roaming('FR*WRN' as Party).partners()
   */
  roaming(party: Party): Roaming
  /**
   * A party's charging stations: provision them, speak to them, read what they say.
   *
   * @example
   * const { items } = await werenode.stations('FR*WRN' as Party).list()
   */
  stations(party: Party): Stations
  /**
   * Energy credit in the escrow and balance of the wallet, micro-euro.
   *
   * @example
   * const { creditMicro } = await werenode.credit()
   */
  credit(): Promise<{ readonly address: Address; readonly creditMicro: bigint; readonly walletMicro: bigint }>
  /**
   * Sends energy credit to a wallet: one signature, no gas. `paid` comes a block later: ask `withdrawal`.
   *
   * @example
   * const { id } = await werenode.withdraw({ amountMicro: 12_500_000n, to: '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984' })
   * const { state } = await werenode.withdrawal(id)
   */
  withdraw: Withdrawing['withdraw']
  /** What became of a withdrawal of one's own. */
  withdrawal: Withdrawing['withdrawal']
  /**
   * Test euro as energy credit; local chains only, at most 1,000 EUR a call.
   *
   * @example
   * await werenode.faucet(50_000_000n)
   */
  faucet(amountMicro: bigint): Promise<void>
  /**
   * The chain this node settles on, held to what was pinned.
   *
   * @example
   * const { chainId, escrow } = await werenode.network()
   */
  network(): Promise<Network>
}

/**
 * A client of one node, for browsers, React Native and Node.
 *
 * @example
 * const werenode = createWerenode({ baseUrl: 'http://localhost:8080', wallet: privateKeyWallet(key) })
 * const quote = await werenode.quote({ evseId: 'FR*WRN*E000001' })
 * const session = await werenode.open(quote)
 * for await (const event of werenode.live(session.id)) console.log(event.type)
 * await werenode.cosign(session.id)
 */
export const createWerenode = (options: WerenodeOptions): Werenode => {
  const { wallet, storage = memoryStorage(), clock = () => new Date() } = options
  const baseUrl = new URL(options.baseUrl).origin
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis)
  const open = createHttp({ baseUrl, fetch })
  const http = createLoginHttp({
    baseUrl,
    fetch,
    storage,
    clock,
    autoSignIn: options.autoSignIn ?? true,
    ...(wallet ? { wallet } : {}),
  })
  const offline = createOffline({ http, storage, baseUrl, clock, cosign: (id) => charging.cosign(id) })
  const readings = createReadings(storage)
  const network = createNetworkReader({
    http: open,
    storage,
    baseUrl,
    ...(options.network ? { pinned: options.network } : {}),
  })
  const charging = createCharging({
    http,
    keys: createSessionKeys(storage),
    readings,
    network,
    clock,
    ...(wallet ? { wallet } : {}),
    ...(options.payoutOf ? { payoutOf: options.payoutOf } : {}),
    ...(options.tokenDomain ? { tokenDomain: options.tokenDomain } : {}),
  })
  const live: Werenode['live'] = (sessionId, how = {}) => followSession(http, readings, parseSessionId(sessionId), how)

  return {
    ...charging,
    signIn: http.signIn,
    signInWithPassword: http.signInWithPassword,
    signInWithPasskey: http.signInWithPasskey,
    linkWallet: http.linkWallet,
    oauth: createOAuth({ http, storage, baseUrl, clock }),
    api: createApiCalls(openWhereNobodyIs(http, open, wallet !== undefined && (options.autoSignIn ?? true))),
    offline,
    signOut: http.signOut,
    login: http.current,
    live,
    async until(sessionId, states, { signal } = {}) {
      for await (const event of live(sessionId, signal ? { signal } : {})) {
        const view =
          event.type === 'session.view' ? event.data : event.type === 'session.state' ? event.data.view : undefined
        if (view && states.includes(view.state)) return view
      }
      // Over, or stopped by the caller: as it is now.
      if (signal?.aborted) throw signal.reason
      return charging.session(sessionId)
    },
    locations: offline.remembering(createLocations(open)),
    operator: (party) => createOperator(http, party),
    roaming: (party) => createRoaming(http, party),
    stations: (party) => createStations(http, party),
    async credit() {
      const { address, creditMicro, walletMicro } = await http.json<{
        address: Address
        creditMicro: string
        walletMicro: string
      }>('/v1/credit')
      return { address, creditMicro: BigInt(creditMicro), walletMicro: BigInt(walletMicro) }
    },
    async signUpWithPassword(wish) {
      await open.json('/auth/email/signup', { method: 'POST', body: wish })
    },
    ...createWithdrawing({ http, wallet: options.wallet, network, clock }),
    async faucet(amountMicro) {
      await http.json('/v1/faucet', {
        method: 'POST',
        body: { amountMicro: amountMicro.toString() },
        idempotencyKey: `faucet-${clock().getTime()}-${amountMicro}`,
      })
    },
    network,
  }
}

/** Public operations need no login: they are asked without one where there is none and none is made by itself. */
const openWhereNobodyIs = (http: LoginHttp, open: Http, signsInByItself: boolean): Http => {
  const chosen = async (): Promise<Http> => (signsInByItself || (await http.current()) ? http : open)
  return {
    json: async (path, ask) => (await chosen()).json(path, ask),
    raw: async (path, ask) => (await chosen()).raw(path, ask),
  }
}
