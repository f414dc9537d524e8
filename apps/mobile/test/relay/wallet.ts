import { SignClient } from '@walletconnect/sign-client'
import { hexToString } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'

/** How the person with the other wallet answers. */
export type Manner = 'agrees' | 'declines' | 'is silent' | 'cannot'

/** A person's wallet in another app: the public library's other side, with a key of its own. */
export const openWallet = async (relayUrl: string) => {
  const account = privateKeyToAccount(generatePrivateKey())
  const kept = new Map<string, unknown>()
  const client = await SignClient.init({
    projectId: 'a-project',
    relayUrl,
    telemetryEnabled: false,
    logger: 'silent',
    // Beside another client in one process: a core and a store of its own.
    customStoragePrefix: `wallet-${account.address}`,
    storage: {
      getKeys: async () => [...kept.keys()],
      getEntries: async <T>() => [...kept.entries()] as [string, T][],
      getItem: async <T>(key: string) => kept.get(key) as T | undefined,
      setItem: async (key, value) => void kept.set(key, value),
      removeItem: async (key) => void kept.delete(key),
    },
    metadata: { name: 'Pocket', description: 'A wallet', url: 'https://pocket.example', icons: [] },
  })
  const manner: { pairing: Manner; signing: Manner; chains: readonly string[] | undefined } = {
    pairing: 'agrees',
    signing: 'agrees',
    chains: undefined,
  }
  /** What it was asked to do, in order. */
  const asked: { readonly method: string; readonly chain: string }[] = []

  client.on('session_proposal', ({ id, params }) => {
    const { chains = [], methods = [], events = [] } = params.optionalNamespaces.eip155 ?? {}
    const named = manner.chains ?? chains
    if (manner.pairing === 'agrees')
      void client.approve({
        id,
        namespaces: {
          eip155: {
            chains: [...named],
            accounts: named.map((chain) => `${chain}:${account.address}`),
            methods,
            events,
          },
        },
      })
    else if (manner.pairing === 'declines')
      void client.reject({ id, reason: { code: 5000, message: 'User rejected.' } })
  })
  client.on('session_request', ({ id, topic, params: { request, chainId } }) => {
    asked.push({ method: request.method, chain: chainId })
    const respond = (part: { result: string } | { error: { code: number; message: string } }): void =>
      void client.respond({ topic, response: { id, jsonrpc: '2.0', ...part } as never })
    const sign = (): Promise<string> => {
      if (request.method === 'personal_sign') return account.signMessage({ message: hexToString(request.params[0]) })
      const { EIP712Domain: _domain, ...types } = JSON.parse(request.params[1]).types
      return account.signTypedData({ ...JSON.parse(request.params[1]), types })
    }
    if (manner.signing === 'agrees') void sign().then((result) => respond({ result }))
    else if (manner.signing === 'declines') respond({ error: { code: 5000, message: 'User rejected.' } })
    else if (manner.signing === 'cannot') respond({ error: { code: 5101, message: 'Unsupported methods.' } })
  })

  return {
    address: account.address.toLowerCase(),
    manner,
    asked,
    /** The person scans the code. */
    scan: (address: string) => client.pair({ uri: address }),
    pairings: () => client.session.getAll().length,
    /** The person ends all pairings in the wallet. */
    endAll: () =>
      Promise.all(
        client.session
          .getAll()
          .map(({ topic }) => client.disconnect({ topic, reason: { code: 6000, message: 'User disconnected.' } })),
      ),
    close: () => client.core.relayer.transportClose(),
  }
}
