import type { Address } from '@werenode/core'
import { WerenodeError } from '@werenode/core'
import { keccak256, toHex } from 'viem'
import { getChainId } from 'viem/actions'
import type { ChainAddresses, TokenEntry } from '../addresses.ts'
import { contracts } from './contracts.ts'
import { create2Address, deployCreate2, ensureCreate2Proxy, type SendingClient } from './create2.ts'
import { deployWerenode, localChainId } from './deploy.ts'

const testEuroSalt = keccak256(toHex('werenode test euro'))

/** Where TestEuro lives on every chain it was deployed to. */
export const testEuroAddress: Address = create2Address(testEuroSalt, contracts.TestEuro.creation)

/** TestEuro as an address book entry. */
export const testEuro: TokenEntry = {
  address: testEuroAddress,
  symbol: 'tEUR',
  domainName: 'Test Euro',
  domainVersion: '1',
}

/**
 * Deploys everything on a local chain (31337), test euro included; the addresses are the same every time. Safe to run again.
 *
 * @example const addresses = await deployLocal(createWalletClient({ account, transport: http(rpcUrl) }))
 */
export const deployLocal = async (
  client: SendingClient,
  options: { readonly onProgress?: (step: string) => void } = {},
): Promise<ChainAddresses> => {
  const chainId = await getChainId(client)
  if (chainId !== localChainId)
    throw new WerenodeError(
      'not-acceptable',
      `Test euro belongs on the local chain ${localChainId}, not on ${chainId}`,
      {
        hint: 'Use deployWerenode with a real token there.',
      },
    )
  options.onProgress?.('TestEuro')
  await ensureCreate2Proxy(client)
  await deployCreate2(client, testEuroSalt, contracts.TestEuro.creation)
  return deployWerenode({ client, tokens: [testEuro], ...options })
}
