import { operatorIdOf, operatorRegistryAbi, partyBytes, scopeMask } from '@werenode/chain'
import { type Address, type Clock, type Hex, unixSeconds, WerenodeError } from '@werenode/core'
import { accountsOf, type NetworkFacts, openKeyFile, type RelayerKeys } from '@werenode/relayer'
import type { Logger } from 'pino'
import { createPublicClient, createWalletClient, encodeFunctionData, formatEther, http } from 'viem'
import type { LocalAccount } from 'viem/accounts'
import type { ExistingChain } from './existing-chain.ts'

/** Gas of everything a first start sends: the operator, its two delegates and the gas money of their owner. */
const joiningGas = 900_000n
/** Of it, what the owner's account needs. */
const ownerGas = 700_000n
/** Gas that must be there at each start: enough to settle or give back what is under way. */
const runningGas = 500_000n
const tenYearsS = 315_360_000

const lower = (address: Address): Address => address.toLowerCase() as Address

/**
 * Makes this node an operator on a chain that somebody else runs: keys of its own at the first start, the operator and its delegates
 * registered once. The person sends coins to one account; without them it says to which, and sends nothing. Run again, it only reads.
 */
export const joinNetwork = async (deps: {
  readonly chain: ExistingChain
  readonly keyFile: string
  readonly party: string
  readonly clock: Clock
  readonly log: Logger
}): Promise<{ readonly network: NetworkFacts; readonly keys: RelayerKeys }> => {
  const { chain, party, clock, log } = deps
  const { addresses, chainId } = chain
  const keys = await openKeyFile(deps.keyFile)
  const { sender, owner, signer } = accountsOf(keys)
  const transport = http(chain.trustedRpcUrl, { retryCount: 3 })
  const viemChain = {
    id: chainId,
    name: addresses.name,
    nativeCurrency: { name: 'Coin', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [chain.rpcUrl] } },
  }
  const client = createPublicClient({ chain: viemChain, transport, pollingInterval: 500, cacheTime: 0 })
  const registry = { address: addresses.operatorRegistry, abi: operatorRegistryAbi } as const
  const operatorId = operatorIdOf(chainId, addresses.operatorRegistry, owner.address, party)

  const delegates = [
    { account: signer.address, scopes: scopeMask('QUOTE', 'RECEIPT') },
    { account: sender.address, scopes: scopeMask('QUOTE', 'RECEIPT', 'CANCEL', 'EVSE', 'METER') },
  ]
  const isNamed = ({ account, scopes }: (typeof delegates)[number]): Promise<boolean> =>
    client.readContract({ ...registry, functionName: 'isAuthorised', args: [operatorId, account, scopes] })
  const isRegistered = async (): Promise<boolean> =>
    BigInt(await client.readContract({ ...registry, functionName: 'payoutOf', args: [operatorId] })) !== 0n

  const registered = await isRegistered()
  const missing = registered
    ? (await Promise.all(delegates.map(async (one) => ({ one, named: await isNamed(one) }))))
        .filter(({ named }) => !named)
        .map(({ one }) => one)
    : delegates

  // ---- Coins, before anything is sent
  const price = (await client.getGasPrice()) * 2n
  const joining = !registered || missing.length > 0
  const needs = (joining ? joiningGas : runningGas) * price
  const has = await client.getBalance({ address: sender.address })
  if (has < needs)
    throw new WerenodeError(
      'chain-unavailable',
      `The account ${sender.address} that pays for this node's transactions has ${formatEther(has)} coins on chain ${chainId}`,
      {
        hint: `Send it at least ${formatEther(needs)} of that chain's coin, then start again. Its key is in ${deps.keyFile}: keep a copy of that file.`,
      },
    )

  const send = async (from: LocalAccount, what: string, to: Address, data: Hex, value = 0n): Promise<void> => {
    const wallet = createWalletClient({ account: from, chain: viemChain, transport })
    const hash = await wallet.sendTransaction({ to, data, value })
    const { status } = await client.waitForTransactionReceipt({ hash, timeout: 180_000 })
    if (status !== 'success')
      throw new WerenodeError('chain-unavailable', `Chain ${chainId} refused to ${what} (${hash})`, {
        hint: 'Start again: what was done is not done twice.',
      })
    log.info({ what }, 'joined the network')
  }
  if (joining) {
    const enough = ownerGas * price
    if ((await client.getBalance({ address: owner.address })) < enough / 2n)
      await send(sender, 'give its owner gas money', owner.address, '0x', enough)
  }
  if (!registered)
    await send(
      owner,
      `register the operator ${party}`,
      registry.address,
      encodeFunctionData({
        abi: operatorRegistryAbi,
        functionName: 'register',
        args: [partyBytes(party), owner.address, ''],
      }),
    )
  const expiresAt = unixSeconds(clock()) + tenYearsS
  for (const { account, scopes } of missing)
    await send(
      owner,
      'name a delegate',
      registry.address,
      encodeFunctionData({
        abi: operatorRegistryAbi,
        functionName: 'setDelegate',
        args: [operatorId, account, { scopes, expiresAt, payCapPerDay: 0n }],
      }),
    )
  const payee = await client.readContract({ ...registry, functionName: 'payoutOf', args: [operatorId] })
  return {
    keys,
    network: {
      chainId,
      escrow: lower(addresses.escrow),
      token: lower(addresses.tokens[0]!.address),
      operatorRegistry: lower(addresses.operatorRegistry),
      evseRegistry: lower(addresses.evseRegistry),
      operatorId,
      payee: lower(payee),
      local: false,
      onDemand: chain.onDemand,
      fromBlock: Number(addresses.fromBlock),
    },
  }
}

/** Blocks on top before a deposit counts: none where blocks come on demand, three where they come by the clock. */
export const depthOf = ({ onDemand }: Pick<ExistingChain, 'onDemand'>): number => (onDemand ? 0 : 3)
