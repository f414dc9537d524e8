import type SignClient from '@walletconnect/sign-client'
import type { Address, Hex } from '@werenode/core'
import type { Deployment } from '../chain/deployment.ts'
import type { AnnouncedWallet } from './discover.ts'

/** What a wallet at the other end of a pairing is asked for. */
const methods = ['eth_sendTransaction', 'eth_signTypedData_v4', 'personal_sign']
const events = ['accountsChanged', 'chainChanged']

type Client = Awaited<ReturnType<typeof SignClient.init>>
type Session = ReturnType<Client['session']['getAll']>[number]

/** EIP-1193's words for: this wallet cannot do that. */
const unsupported = (method: string): Error =>
  Object.assign(new Error(`A wallet over WalletConnect is not asked for ${method}`), { code: 4200 })

/**
 * A wallet on another device, by WalletConnect. Offered only where the copy's owner set a project id; the library is loaded when somebody
 * chooses it, not before, and the page's policy lets it reach its relay only in such a copy (tools/place.ts). A pairing is for the
 * deployment's chain alone, so that this wallet is never on another one. `onPairing` shows the address to scan.
 */
export const walletConnect = (
  deployment: Deployment,
  onPairing: (uri: string | undefined) => void,
): AnnouncedWallet => {
  const chain = `eip155:${deployment.addresses.chainId}`
  const listeners = new Map<string, Set<(value: unknown) => void>>()
  let opening: Promise<Client> | undefined
  let session: Session | undefined

  const tell = (event: string, value: unknown): void => {
    for (const listener of listeners.get(event) ?? []) listener(value)
  }
  const open = (): Promise<Client> => {
    opening ??= (async () => {
      const { default: library } = await import('@walletconnect/sign-client')
      const client = await library.init({
        projectId: deployment.walletConnectProjectId!,
        telemetryEnabled: false,
        metadata: { name: 'DEFev', description: 'Charge and pay without a server', url: location.origin, icons: [] },
      })
      // A pairing made at an earlier visit goes on.
      session = client.session.getAll().findLast(({ namespaces }) => accountsIn(namespaces, chain).length > 0)
      const ended = ({ topic }: { topic: string }): void => {
        if (topic !== session?.topic) return
        session = undefined
        tell('accountsChanged', [])
      }
      client.on('session_delete', ended)
      client.on('session_expire', ended)
      client.on('session_event', ({ topic, params }) => {
        if (topic === session?.topic && params.event.name === 'accountsChanged')
          tell('accountsChanged', accountsOf(params.event.data))
      })
      return client
    })()
    // A relay that was away is tried anew at the next press.
    opening.catch(() => {
      opening = undefined
    })
    return opening
  }

  const pair = async (): Promise<readonly Address[]> => {
    const client = await open()
    if (session === undefined) {
      const { uri, approval } = await client.connect({
        optionalNamespaces: { eip155: { chains: [chain], methods, events } },
      })
      onPairing(uri)
      try {
        session = await approval()
      } finally {
        onPairing(undefined)
      }
    }
    return accountsIn(session.namespaces, chain)
  }

  const request = async ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    if (method === 'eth_chainId') return `0x${deployment.addresses.chainId.toString(16)}`
    if (method === 'eth_requestAccounts') return pair()
    const client = await open()
    if (method === 'eth_accounts') return session === undefined ? [] : accountsIn(session.namespaces, chain)
    if (!methods.includes(method) || session === undefined) throw unsupported(method)
    return client.request({ topic: session.topic, chainId: chain, request: { method, params: params ?? [] } })
  }

  return {
    uuid: 'walletconnect',
    name: 'WalletConnect',
    icon: '',
    rdns: 'walletconnect',
    provider: {
      request: request as AnnouncedWallet['provider']['request'],
      on: (event, listener) => listeners.set(event, (listeners.get(event) ?? new Set()).add(listener)),
      removeListener: (event, listener) => listeners.get(event)?.delete(listener),
    },
  }
}

/** The accounts of a pairing for one chain: `eip155:1:0x...` without what stands before. */
const accountsIn = (namespaces: Session['namespaces'], chain: string): readonly Address[] =>
  (namespaces.eip155?.accounts ?? [])
    .filter((account) => account.startsWith(`${chain}:`))
    .map((account) => account.slice(chain.length + 1) as Address)

const accountsOf = (data: unknown): readonly Hex[] =>
  Array.isArray(data) ? data.map((one) => String(one).split(':').at(-1) as Hex) : []
