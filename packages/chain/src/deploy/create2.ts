import { type Address, type Hex, WerenodeError } from '@werenode/core'
import { type Account, type Chain, type Client, concat, getCreate2Address, type Transport } from 'viem'
import { getBalance, getCode, sendRawTransaction, sendTransaction, waitForTransactionReceipt } from 'viem/actions'

/** A client that reads the chain and sends from its own account. */
export type SendingClient = Client<Transport, Chain | undefined, Account>

/**
 * The deterministic deployment proxy, at this address on most chains. It is sent `salt || creation code` and deploys by
 * CREATE2, so that an address depends on code and constructor arguments only.
 */
export const create2Proxy: Address = '0x4e59b44847b379578588920cA78FbF26c0B4956C'
/** Where it is missing: its set-up transaction, signed without chain id by a key nobody holds, needs this much gas money. */
const proxySetUp = {
  sender: '0x3fAB184622Dc19b6109349B94811493BF2a45362',
  feeWei: 10_000_000_000_000_000n,
  raw: '0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba02222222222222222222222222222222222222222222222222222222222222222a02222222222222222222222222222222222222222222222222222222222222222',
} as const

export const hasCode = async (client: SendingClient, address: Address): Promise<boolean> => {
  const code = await getCode(client, { address })
  return code !== undefined && code !== '0x'
}

/** Sees to it that the proxy exists; at most 0.01 of the chain's coin is spent on it. */
export const ensureCreate2Proxy = async (client: SendingClient): Promise<void> => {
  if (await hasCode(client, create2Proxy)) return
  const missing = proxySetUp.feeWei - (await getBalance(client, { address: proxySetUp.sender }))
  if (missing > 0n) await send(client, { to: proxySetUp.sender, value: missing })
  try {
    const hash = await sendRawTransaction(client, { serializedTransaction: proxySetUp.raw })
    await waitForTransactionReceipt(client, { hash, pollingInterval })
  } catch (cause) {
    throw new WerenodeError(
      'chain-unavailable',
      `The deployment proxy ${create2Proxy} is missing and cannot be set up`,
      {
        hint: 'This chain refuses transactions without a chain id. Ask its operators to provide the proxy, then deploy again.',
        cause,
      },
    )
  }
}

export const create2Address = (salt: Hex, creation: Hex): Address =>
  getCreate2Address({ from: create2Proxy, salt, bytecode: creation })

/** Deploys unless the code is there already; answers the address either way. */
export const deployCreate2 = async (client: SendingClient, salt: Hex, creation: Hex): Promise<Address> => {
  const address = create2Address(salt, creation)
  if (!(await hasCode(client, address))) await send(client, { to: create2Proxy, data: concat([salt, creation]) })
  return address
}

/** Sends and waits until it is mined; a reverted transaction is an error. */
export const send = async (
  client: SendingClient,
  transaction: { readonly to: Address; readonly data?: Hex; readonly value?: bigint },
): Promise<void> => {
  const hash = await sendTransaction(client, { ...transaction, account: client.account, chain: client.chain ?? null })
  const receipt = await waitForTransactionReceipt(client, { hash, pollingInterval })
  if (receipt.status !== 'success')
    throw new WerenodeError('chain-unavailable', `Transaction ${hash} to ${transaction.to} was reverted`, {
      hint: 'Look at the sender: it needs enough of the chain’s coin for gas.',
    })
}

/** Milliseconds between two looks for a receipt. */
const pollingInterval = 100
