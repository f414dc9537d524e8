import type SignClient from '@walletconnect/sign-client'
import { type Address, type Hex, type Wallet, WerenodeError } from '@werenode/core'

/** What a wallet at the other end of a pairing is asked for: signatures, never a transaction. */
const methods = ['eth_signTypedData_v4', 'personal_sign']

type Client = Awaited<ReturnType<typeof SignClient.init>>

/** A person's own wallet on another device or in another app, over WalletConnect. */
export interface Pairing {
  readonly wallet: Wallet
  end(): Promise<void>
}

/**
 * Pairs with a wallet for one chain. The library is loaded when somebody chooses this, not before. `show` is given the address to scan or to
 * open, and undefined when it is no longer good.
 */
export const pair = async (wish: {
  readonly projectId: string
  readonly chainId: number
  readonly show: (address: string | undefined) => void
}): Promise<Pairing> => {
  const chain = `eip155:${wish.chainId}`
  const { default: library } = await import('@walletconnect/sign-client')
  const client: Client = await library.init({
    projectId: wish.projectId,
    telemetryEnabled: false,
    metadata: { name: 'Werenode', description: 'Charge your car', url: 'https://werenode.org', icons: [] },
  })
  const known = client.session.getAll().findLast(({ namespaces }) => accountsIn(namespaces, chain).length > 0)
  const session = known ?? (await newSession(client, chain, wish.show))
  const [address] = accountsIn(session.namespaces, chain)
  if (address === undefined)
    throw new WerenodeError('not-allowed', 'The wallet named no account', {
      hint: 'Choose an account in it and pair again.',
    })
  const request = (method: string, params: readonly unknown[]): Promise<Hex> =>
    client.request({ topic: session.topic, chainId: chain, request: { method, params } })
  return {
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
    end: () => client.disconnect({ topic: session.topic, reason: { code: 6000, message: 'The person ended it' } }),
  }
}

const newSession = async (client: Client, chain: string, show: (address: string | undefined) => void) => {
  const { uri, approval } = await client.connect({
    optionalNamespaces: { eip155: { chains: [chain], methods, events: [] } },
  })
  show(uri)
  try {
    return await approval()
  } finally {
    show(undefined)
  }
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
