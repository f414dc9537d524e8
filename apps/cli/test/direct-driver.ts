import {
  type ChainAddresses,
  chargeEscrowAbi,
  consentByOffer,
  domainOf,
  evseIdHash,
  evseRegistryAbi,
  openAuthorization,
  openCall,
  receiptTypedData,
  type StandingOffer,
  sessionIdOf,
  sessionStatuses,
  settlementStruct,
  sign,
  termsFromOffer,
  termsFromStruct,
  termsStruct,
  testEuroAbi,
  tokenDomainOf,
  walletOfAccount,
} from '@werenode/chain'
import type { Address, ChargeReceipt, ChargeTerms, FundingSource, Hex, SessionId } from '@werenode/core'
import { createPublicClient, createWalletClient, decodeFunctionData, http, parseEther, toHex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'

/** What a session went through on chain, in order. */
export type Told = { readonly name: string; readonly txHash: Hex; readonly args: Record<string, unknown> }

/** A driver with nothing but an RPC endpoint and the contracts' addresses: no API, no SDK. */
export const createDirectDriver = async (deps: {
  rpcUrl: string
  addresses: ChainAddresses
  funderKey: Hex
  now: () => Date
}) => {
  const { rpcUrl, addresses } = deps
  const { escrow, evseRegistry } = addresses
  const token = addresses.tokens[0]!
  const domain = domainOf(addresses)
  const chain = {
    id: addresses.chainId,
    name: addresses.name,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  }
  const transport = http(rpcUrl)
  const client = createPublicClient({ chain, transport, pollingInterval: 50, cacheTime: 0 })
  const account = privateKeyToAccount(generatePrivateKey())
  const sessionKey = privateKeyToAccount(generatePrivateKey())
  const wallet = createWalletClient({ account, chain, transport })
  const mined = async (hash: Hex): Promise<Hex> => {
    const { status } = await client.waitForTransactionReceipt({ hash, timeout: 30_000 })
    if (status !== 'success') throw new Error(`The chain undid ${hash}`)
    return hash
  }
  const funder = createWalletClient({ account: privateKeyToAccount(deps.funderKey), chain, transport })
  await mined(await funder.sendTransaction({ to: account.address, value: parseEther('10') }))
  await mined(
    await wallet.writeContract({
      address: token.address,
      abi: testEuroAbi,
      functionName: 'mint',
      args: [account.address, 500_000_000n],
    }),
  )

  /** The standing offer of a plug as the registry's events carry it. */
  const offerOf = async (evseId: string): Promise<{ offer: StandingOffer; operatorId: Hex } | undefined> => {
    const logs = await client.getContractEvents({
      address: evseRegistry,
      abi: evseRegistryAbi,
      eventName: 'OfferSet',
      args: { evseIdHash: evseIdHash(evseId) },
      fromBlock: 0n,
    })
    const args = logs.at(-1)?.args
    return args?.offer === undefined ? undefined : { offer: args.offer, operatorId: args.operatorId! }
  }

  return {
    address: account.address as Address,
    client,
    offerOf,
    termsFor: async (evseId: string, maxAmount: bigint, source: FundingSource = 'Authorization') => {
      const found = await offerOf(evseId)
      if (found === undefined) throw new Error(`${evseId} has no standing offer`)
      return {
        offer: found.offer,
        terms: termsFromOffer(found.offer, {
          driver: account.address,
          operatorId: found.operatorId,
          evseIdHash: evseIdHash(evseId),
          connector: 1,
          source,
          maxAmount,
          sessionKey: sessionKey.address,
          salt: toHex(crypto.getRandomValues(new Uint8Array(32))),
          openBy: Math.floor(deps.now().getTime() / 1000) + 300,
        }),
      }
    },
    /** Puts code on chain: at most 255 bytes of it, behind the twelve that copy them there. */
    deploy: async (runtime: Hex): Promise<Address> => {
      const length = toHex((runtime.length - 2) / 2, { size: 1 }).slice(2)
      const data = `0x60${length}600c60003960${length}6000f3${runtime.slice(2)}` as const
      const hash = await mined(await wallet.sendTransaction({ data }))
      return (await client.getTransactionReceipt({ hash })).contractAddress!
    },
    /** One signature and one transaction. */
    open: async ({ terms, offer }: { terms: ChargeTerms; offer: StandingOffer }): Promise<SessionId> => {
      const typed = openAuthorization(terms, domain, tokenDomainOf(addresses, token))
      const driverSignature = await sign(walletOfAccount(account), typed)
      const data = openCall({ terms, driverSignature, consent: consentByOffer(offer) })
      await mined(await wallet.sendTransaction({ to: escrow, data }))
      return sessionIdOf(terms, domain)
    },
    requestStop: async (terms: ChargeTerms): Promise<Hex> =>
      mined(
        await wallet.writeContract({
          address: escrow,
          abi: chargeEscrowAbi,
          functionName: 'requestStop',
          args: [termsStruct(terms), 0, '0x'],
        }),
      ),
    /** Takes receipt and the operator's signature from the proposal's own calldata, signs with the session key, settles. */
    cosign: async (proposal: Told): Promise<ChargeReceipt> => {
      const { input } = await client.getTransaction({ hash: proposal.txHash })
      const call = decodeFunctionData({ abi: chargeEscrowAbi, data: input })
      if (call.functionName !== 'propose') throw new Error(`${call.functionName} is no proposal`)
      const [struct, receipt, operatorSigner, operatorSignature] = call.args
      const sessionSignature = await sign(walletOfAccount(sessionKey), receiptTypedData(receipt, domain))
      const item = settlementStruct({
        terms: termsFromStruct(struct),
        receipt,
        operatorSigner,
        operatorSignature,
        sessionSignature,
      })
      await mined(
        await wallet.writeContract({ address: escrow, abi: chargeEscrowAbi, functionName: 'settle', args: [item] }),
      )
      return receipt
    },
    status: async (sessionId: SessionId) =>
      sessionStatuses[
        (
          await client.readContract({
            address: escrow,
            abi: chargeEscrowAbi,
            functionName: 'sessionOf',
            args: [sessionId],
          })
        ).status
      ],
    history: async (sessionId: SessionId): Promise<readonly Told[]> => {
      const logs = await client.getContractEvents({ address: escrow, abi: chargeEscrowAbi, fromBlock: 0n })
      return logs
        .filter(({ args }) => (args as { sessionId?: Hex }).sessionId === sessionId)
        .map(({ eventName, transactionHash, args }) => ({
          name: eventName,
          txHash: transactionHash,
          args: args as Told['args'],
        }))
    },
    balance: () =>
      client.readContract({
        address: token.address,
        abi: testEuroAbi,
        functionName: 'balanceOf',
        args: [account.address],
      }),
  }
}
export type DirectDriver = Awaited<ReturnType<typeof createDirectDriver>>
