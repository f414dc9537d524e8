import type SignClient from '@walletconnect/sign-client'
import type { Address, Hex, Wallet } from '@werenode/core'
import { ConnectProblem, inWords } from './connect-problem'

/** What a wallet at the other end of a pairing is asked for: signatures, never a transaction. */
const methods = ['eth_signTypedData_v4', 'personal_sign']

type Library = typeof SignClient
type Client = Awaited<ReturnType<Library['init']>>
type Session = ReturnType<Client['session']['getAll']>[number]

/** A person's own wallet on another device or in another app, over WalletConnect. */
export interface Pairing {
  readonly wallet: Wallet
  /** What the wallet calls itself. */
  readonly name: string
  /** Tells the wallet that it is over. Without network it is over here, and the wallet hears of it never. */
  end(): Promise<void>
}

export interface Connector {
  /** A pairing made before that still holds for this chain. */
  known(chainId: number): Promise<Pairing | undefined>
  /**
   * Pairs with a wallet for one chain. `show` is given the address to scan or to open, and undefined when it is no longer good. Rejects with
   * a ConnectProblem; `signal` ends the wait.
   */
  pair(wish: {
    readonly chainId: number
    readonly show: (address: string | undefined) => void
    readonly signal?: AbortSignal
  }): Promise<Pairing>
}

export interface ConnectorOptions {
  readonly projectId: string
  /** Another relay than WalletConnect's own. */
  readonly relayUrl?: string
  /** Where a wallet is told that the app is: the page, or the node of a device. */
  readonly place?: () => string
  /** The library, loaded when somebody chooses this and not before. */
  readonly load?: () => Promise<Library>
  /** The wallet ended a pairing, or it grew too old. */
  readonly onEnded?: () => void
  /** How long the relay may take to be reached, and a wallet to answer. */
  readonly limits?: { readonly relayMs: number; readonly answerMs: number }
}

/** A person has five minutes at the most to look for the other device; a relay that takes longer than this is away. */
const usualLimits = { relayMs: 20_000, answerMs: 300_000 }
const loadLibrary = async (): Promise<Library> => (await import('@walletconnect/sign-client')).default

/** Pairs with wallets over the relay of WalletConnect, one client for as long as the app runs. */
export const createConnector = (options: ConnectorOptions): Connector => {
  const { projectId, relayUrl, load = loadLibrary, onEnded = () => undefined, limits = usualLimits } = options
  const { place = () => 'https://werenode.org' } = options
  /** Topics that this app ended itself: nobody needs to be told. */
  const ended = new Set<string>()
  let opening: Promise<Client> | undefined

  const open = (): Promise<Client> => {
    opening ??= (async () => {
      const client = await (await load()).init({
        projectId,
        ...(relayUrl === undefined ? {} : { relayUrl }),
        telemetryEnabled: false,
        // What it has to say comes back as an error of what was asked.
        logger: 'silent',
        metadata: { name: 'Werenode', description: 'Charge your car', url: place(), icons: [] },
      })
      // Its attestation would be a frame of a foreign host in this page, whose policy lets none in.
      client.core.verify.register = async () => ''
      const over = ({ topic }: { topic: string }): void => {
        if (!ended.delete(topic)) onEnded()
      }
      client.on('session_delete', over)
      client.on('session_expire', over)
      return client
    })()
    // What could not be loaded is loaded anew at the next press.
    opening.catch(() => {
      opening = undefined
    })
    return opening
  }

  const end = async (client: Client, topic: string): Promise<void> => {
    ended.add(topic)
    const told = client.disconnect({ topic, reason: { code: 6000, message: 'The person ended it' } })
    // The wallet that cannot be told finds out when it is asked for nothing more.
    await within(limits.relayMs, 'away', told).catch(() => undefined)
  }

  const pairingOf = (client: Client, session: Session, chain: string, address: Address): Pairing => {
    const request = async (method: string, params: readonly unknown[]): Promise<Hex> => {
      if (!client.session.keys.includes(session.topic)) throw new ConnectProblem('over')
      const asked = client.request<Hex>({
        topic: session.topic,
        chainId: chain,
        request: { method, params },
        // The library takes no shorter limit than five minutes; ours may be.
        expiry: Math.max(300, Math.ceil(limits.answerMs / 1000)),
      })
      const gone = watchEnd(client, session.topic)
      try {
        return await Promise.race([within(limits.answerMs, 'late', asked), gone.promise])
      } catch (error) {
        throw inWords(error, 'declined')
      } finally {
        gone.stop()
      }
    }
    return {
      name: session.peer.metadata.name,
      wallet: {
        address,
        signTypedData: ({ domain, types, primaryType, message }) =>
          request('eth_signTypedData_v4', [
            address,
            JSON.stringify(
              { domain, types: { EIP712Domain: domainFields(domain), ...types }, primaryType, message },
              plain,
            ),
          ]),
        signMessage: (text) => request('personal_sign', [hexOf(text), address]),
      },
      end: () => end(client, session.topic),
    }
  }

  return {
    async known(chainId) {
      const chain = `eip155:${chainId}`
      const client = await open()
      const session = client.session.getAll().findLast(({ namespaces }) => accountsIn(namespaces, chain).length > 0)
      return session && pairingOf(client, session, chain, accountsIn(session.namespaces, chain)[0]!)
    },
    async pair({ chainId, show, signal }) {
      const chain = `eip155:${chainId}`
      try {
        const client = await open()
        const { uri, approval } = await within(
          limits.relayMs,
          'away',
          client.connect({ optionalNamespaces: { eip155: { chains: [chain], methods, events: [] } } }),
        )
        if (signal?.aborted) throw new ConnectProblem('left')
        show(uri)
        const approved = approval()
        let isWaited = true
        // A wallet that agrees when nobody waits any more is told at once that it is over.
        approved.then((late) => (isWaited ? undefined : end(client, late.topic))).catch(() => undefined)
        const session = await Promise.race([within(limits.answerMs, 'unanswered', approved), aborted(signal)]).catch(
          (error: unknown) => {
            isWaited = false
            throw error
          },
        )
        const [address] = accountsIn(session.namespaces, chain)
        if (address !== undefined) return pairingOf(client, session, chain, address)
        // A pairing for another chain is good for nothing here.
        await end(client, session.topic)
        throw new ConnectProblem('other-chain')
      } catch (error) {
        throw inWords(error, 'refused')
      } finally {
        show(undefined)
      }
    },
  }
}

/** Rejects when the time is over. What comes later is let go. */
const within = <T>(ms: number, reason: 'away' | 'late' | 'unanswered', work: Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  work.catch(() => undefined)
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ConnectProblem(reason)), ms)
  })
  return Promise.race([work, over]).finally(() => clearTimeout(timer))
}

/** Rejects when the person goes away from the page. */
const aborted = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_resolve, reject) => {
    const leave = (): void => reject(new ConnectProblem('left'))
    if (signal?.aborted) leave()
    signal?.addEventListener('abort', leave, { once: true })
  })

/** Rejects when this pairing ends while something is asked over it. */
const watchEnd = (client: Client, wanted: string) => {
  let stop = (): void => undefined
  const promise = new Promise<never>((_resolve, reject) => {
    const over = ({ topic }: { topic: string }): void => {
      if (topic === wanted) reject(new ConnectProblem('over'))
    }
    client.on('session_delete', over)
    client.on('session_expire', over)
    stop = () => {
      client.off('session_delete', over)
      client.off('session_expire', over)
    }
  })
  promise.catch(() => undefined)
  return { promise, stop: () => stop() }
}

/** The accounts of a pairing for one chain: `eip155:1:0x...` without what stands before. */
const accountsIn = (
  namespaces: Readonly<Record<string, { readonly accounts: readonly string[] }>>,
  chain: string,
): readonly Address[] =>
  (namespaces.eip155?.accounts ?? [])
    .filter((account) => account.startsWith(`${chain}:`))
    .map((account) => account.slice(chain.length + 1).toLowerCase() as Address)

/** EIP-712: the fields the domain has, in their order. */
const domainFields = (domain: Readonly<Record<string, unknown>>) =>
  (
    [
      ['name', 'string'],
      ['version', 'string'],
      ['chainId', 'uint256'],
      ['verifyingContract', 'address'],
      ['salt', 'bytes32'],
    ] as const
  ).flatMap(([name, type]) => (domain[name] === undefined ? [] : [{ name, type }]))

const plain = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value)
const hexOf = (text: string): Hex =>
  `0x${[...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
