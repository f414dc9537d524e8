import { chargeEscrowAbi, operatorIdOf, operatorRegistryAbi, partyBytes, scopeMask, testEuroAbi } from '@werenode/chain'
import { type Address, type Clock, type Hex, unixSeconds, WerenodeError } from '@werenode/core'
import {
  type Abi,
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  http,
  maxUint256,
  parseEther,
} from 'viem'
import { type LocalAccount, privateKeyToAccount } from 'viem/accounts'
import type { NetworkFacts } from './contracts/network.ts'
import type { Log } from './queue/context.ts'
import { defaultSettings } from './settings.ts'
import { accountsOf, lower } from './signing/accounts.ts'
import type { RelayerKeys } from './signing/key-file.ts'

export interface ProvisionOptions {
  readonly rpcUrl: string
  readonly chainId: number
  readonly contracts: {
    readonly escrow: Address
    readonly token: Address
    readonly operatorRegistry: Address
    readonly evseRegistry: Address
  }
  /** Holds coins of the local chain. */
  readonly funderKey: Hex
  readonly keys: RelayerKeys
  /** Demo party, e.g. `FR*WRN`. */
  readonly party: string
  readonly metadataUri?: string
  readonly clock: Clock
  readonly log: Pick<Log, 'info'>
}

const gasMoney = parseEther('1000')
/** More test euro than any demo spends: the faucet deposits from the sender's wallet. */
const faucetStock = 10n ** 18n
const issuerCredit = 100_000_000_000n
const tenYearsS = 315_360_000
const { statementCapMicro } = defaultSettings

/**
 * Makes a local chain ready for this node: gas money, test euro for the faucet, the demo party as operator with its delegates, credit
 * for the node's own cards. Every step is looked at before it is done, so a start that was cut off is simply run again; when all is
 * there it only reads. Run it before the relayer starts: it sends from the same accounts.
 */
export const provisionLocalNetwork = async (options: ProvisionOptions): Promise<NetworkFacts> => {
  const { contracts, chainId, party } = options
  const accounts = accountsOf(options.keys)
  const chain = {
    id: chainId,
    name: 'local',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [options.rpcUrl] } },
  }
  const transport = http(options.rpcUrl, { retryCount: 5, retryDelay: 200 })
  const client = createPublicClient({ chain, transport, pollingInterval: 50, cacheTime: 0 })

  const send = async (from: LocalAccount, what: string, to: Address, data: Hex, value = 0n): Promise<void> => {
    const wallet = createWalletClient({ account: from, chain, transport })
    const hash = await wallet.sendTransaction({ to, data, value })
    const receipt = await client.waitForTransactionReceipt({ hash, timeout: 60_000 })
    if (receipt.status !== 'success')
      throw new WerenodeError('chain-unavailable', `The local chain refused to ${what}`, {
        hint: 'Start again; if it goes on, start anew with --fresh.',
      })
    options.log.info({ what }, 'local network prepared')
  }
  const read = <T>(address: Address, abi: Abi, functionName: string, args: readonly unknown[]): Promise<T> =>
    client.readContract({ address, abi, functionName, args }) as Promise<T>

  const funder = privateKeyToAccount(options.funderKey)
  for (const account of [accounts.sender, accounts.owner])
    if ((await client.getBalance({ address: account.address })) < gasMoney / 10n)
      await send(funder, 'give gas money', account.address, '0x', gasMoney)

  const sender = accounts.sender.address
  if ((await read<bigint>(contracts.token, testEuroAbi as Abi, 'balanceOf', [sender])) < faucetStock / 2n)
    await send(
      accounts.sender,
      'mint test euro',
      contracts.token,
      encodeFunctionData({ abi: testEuroAbi, functionName: 'mint', args: [sender, faucetStock] }),
    )
  if ((await read<bigint>(contracts.token, testEuroAbi as Abi, 'allowance', [sender, contracts.escrow])) < faucetStock)
    await send(
      accounts.sender,
      'let the escrow take deposits',
      contracts.token,
      encodeFunctionData({ abi: testEuroAbi, functionName: 'approve', args: [contracts.escrow, maxUint256] }),
    )

  const operatorId = operatorIdOf(chainId, contracts.operatorRegistry, accounts.owner.address, party)
  const registry = contracts.operatorRegistry
  const payout = await read<Address>(registry, operatorRegistryAbi as Abi, 'payoutOf', [operatorId])
  if (BigInt(payout) === 0n)
    await send(
      accounts.owner,
      `register the operator ${party}`,
      registry,
      encodeFunctionData({
        abi: operatorRegistryAbi,
        functionName: 'register',
        args: [partyBytes(party), accounts.owner.address, options.metadataUri ?? ''],
      }),
    )

  const delegates = [
    { account: accounts.signer, scopes: scopeMask('QUOTE', 'RECEIPT', 'PAY'), payCapPerDay: statementCapMicro },
    {
      account: accounts.sender,
      scopes: scopeMask('QUOTE', 'RECEIPT', 'CANCEL', 'EVSE', 'METER'),
      payCapPerDay: 0n,
    },
  ]
  for (const { account, scopes, payCapPerDay } of delegates)
    if (
      !(await read<boolean>(registry, operatorRegistryAbi as Abi, 'isAuthorised', [
        operatorId,
        account.address,
        scopes,
      ]))
    )
      await send(
        accounts.owner,
        'name a delegate',
        registry,
        encodeFunctionData({
          abi: operatorRegistryAbi,
          functionName: 'setDelegate',
          args: [
            operatorId,
            account.address,
            { scopes, expiresAt: unixSeconds(options.clock()) + tenYearsS, payCapPerDay },
          ],
        }),
      )

  const issuer = accounts.issuer.address
  const credit = await read<bigint>(contracts.escrow, chargeEscrowAbi as Abi, 'creditOf', [issuer, contracts.token])
  if (credit < issuerCredit / 10n)
    await send(
      accounts.sender,
      'give the card issuer credit',
      contracts.escrow,
      encodeFunctionData({
        abi: chargeEscrowAbi,
        functionName: 'deposit',
        args: [contracts.token, issuerCredit, issuer],
      }),
    )

  const payee = BigInt(payout) === 0n ? accounts.owner.address : payout
  const small = (address: Address): Address => lower({ address })
  return {
    chainId,
    escrow: small(contracts.escrow),
    token: small(contracts.token),
    operatorRegistry: small(contracts.operatorRegistry),
    evseRegistry: small(contracts.evseRegistry),
    operatorId,
    payee: small(payee),
    local: true,
    onDemand: true,
    fromBlock: 0,
  }
}
