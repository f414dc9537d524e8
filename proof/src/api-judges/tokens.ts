import type { Hex } from '@werenode/core'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createSiweMessage } from 'viem/siwe'

const post = async (url: string, body?: object): Promise<Record<string, string>> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      // Each caller from an address of its own; the node trusts this machine as its proxy.
      'x-forwarded-for': `198.51.100.${Math.floor(Math.random() * 255)}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Record<string, string>
}

/** An access token of whoever holds a key, signed in as wallets do (EIP-4361). */
export const tokenOf = async (origin: string, key: Hex = generatePrivateKey()): Promise<string> => {
  const account = privateKeyToAccount(key)
  const { nonce, domain, uri, chainId } = (await post(`${origin}/auth/siwe/nonce`)) as {
    nonce: string
    domain: string
    uri: string
    chainId: string
  }
  const message = createSiweMessage({
    address: account.address,
    domain,
    nonce,
    uri,
    chainId: Number(chainId),
    version: '1',
  })
  const { accessToken } = await post(`${origin}/auth/siwe`, {
    message,
    signature: await account.signMessage({ message }),
  })
  return accessToken!
}
