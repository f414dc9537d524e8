import { type Address, type Hex, WerenodeError } from '@werenode/core'
import { concat, encodeAbiParameters, isAddressEqual, keccak256, parseAbiParameters, toHex } from 'viem'
import { getBlockNumber, getChainId, getCode, readContract } from 'viem/actions'
import { chargeEscrowAbi, evidenceRulesAbi, evseRegistryAbi } from '../abis.ts'
import type { ChainAddresses, TokenEntry } from '../addresses.ts'
import { type ContractName, contracts, isCodeOf } from './contracts.ts'
import { deployCreate2, ensureCreate2Proxy, type SendingClient } from './create2.ts'

/** Chains this code was written for; others need `allowUnknownChain`. */
export const knownChains: Readonly<Record<number, string>> = {
  1: 'Ethereum',
  10: 'OP Mainnet',
  100: 'Gnosis',
  137: 'Polygon',
  8453: 'Base',
  31337: 'Local chain',
  42161: 'Arbitrum One',
  43114: 'Avalanche',
  59144: 'Linea',
  84532: 'Base Sepolia',
  11155111: 'Ethereum Sepolia',
}
export const localChainId = 31337

export interface DeployOptions {
  /** Reads the chain and pays for gas. */
  readonly client: SendingClient
  /** The accepted tokens, 6 decimals each; for ever. */
  readonly tokens: readonly TokenEntry[]
  /** A chain outside `knownChains` is refused unless this is set. */
  readonly allowUnknownChain?: boolean
  /** Told before each contract. */
  readonly onProgress?: (step: string) => void
}

/** One salt for all: addresses differ by code and arguments. */
const salt: Hex = keccak256(toHex('werenode'))

/**
 * Deploys what is not there yet, at addresses that follow from the committed bytecode and the tokens alone, then reads
 * everything back: code of each contract, and whom it was told to trust. A second run changes nothing.
 */
export const deployWerenode = async (options: DeployOptions): Promise<ChainAddresses> => {
  const { client, tokens, onProgress = () => {} } = options
  const chainId = await getChainId(client)
  const name = knownChains[chainId]
  if (name === undefined && options.allowUnknownChain !== true)
    throw new WerenodeError('not-acceptable', `Chain ${chainId} is not one Werenode knows`, {
      hint: 'Check the RPC address. If it is the chain you mean, allow unknown chains explicitly.',
    })
  if (tokens.length === 0)
    throw new WerenodeError('invalid-input', 'An escrow without tokens would accept no money', {
      hint: 'Name at least one euro token with 6 decimals.',
    })
  const fromBlock = await getBlockNumber(client, { cacheTime: 0 })
  await ensureCreate2Proxy(client)
  const deploy = async (contract: ContractName, args: Hex = '0x'): Promise<Address> => {
    onProgress(contract)
    const address = await deployCreate2(client, salt, concat([contracts[contract].creation, args]))
    await requireCode(client, contract, address)
    return address
  }
  const operatorRegistry = await deploy('OperatorRegistry')
  const verifier = await deploy('P256MeterVerifier')
  const evseRegistry = await deploy('EvseRegistry', addresses(operatorRegistry, verifier))
  const evidenceRules = await deploy('EvidenceRules', addresses(evseRegistry))
  const accepted = tokens.map((token) => token.address)
  const escrow = await deploy(
    'ChargeEscrow',
    encodeAbiParameters(parseAbiParameters('address, address[]'), [evidenceRules, accepted]),
  )
  const deployed = {
    chainId,
    name: name ?? `Chain ${chainId}`,
    operatorRegistry,
    evseRegistry,
    verifier,
    evidenceRules,
    escrow,
    tokens,
    fromBlock,
  }
  await verifyDeployment(client, deployed)
  return deployed
}

/** Reads a deployment back: its code is ours and every part names the others. Throws in words where it does not. */
export const verifyDeployment = async (client: SendingClient, deployed: ChainAddresses): Promise<void> => {
  await requireCode(client, 'OperatorRegistry', deployed.operatorRegistry)
  await requireCode(client, 'P256MeterVerifier', deployed.verifier)
  await requireCode(client, 'EvseRegistry', deployed.evseRegistry)
  await requireCode(client, 'EvidenceRules', deployed.evidenceRules)
  await requireCode(client, 'ChargeEscrow', deployed.escrow)
  const evses = { address: deployed.evseRegistry, abi: evseRegistryAbi } as const
  const rules = { address: deployed.evidenceRules, abi: evidenceRulesAbi } as const
  const escrow = { address: deployed.escrow, abi: chargeEscrowAbi } as const
  const told: readonly [string, Address, Address][] = [
    [
      'EvseRegistry.OPERATORS',
      await readContract(client, { ...evses, functionName: 'OPERATORS' }),
      deployed.operatorRegistry,
    ],
    ['EvseRegistry.VERIFIER', await readContract(client, { ...evses, functionName: 'VERIFIER' }), deployed.verifier],
    ['EvidenceRules.EVSES', await readContract(client, { ...rules, functionName: 'EVSES' }), deployed.evseRegistry],
    ['ChargeEscrow.EVSES', await readContract(client, { ...escrow, functionName: 'EVSES' }), deployed.evseRegistry],
    ['EvidenceRules.VERIFIER', await readContract(client, { ...rules, functionName: 'VERIFIER' }), deployed.verifier],
    [
      'ChargeEscrow.EVIDENCE',
      await readContract(client, { ...escrow, functionName: 'EVIDENCE' }),
      deployed.evidenceRules,
    ],
    [
      'ChargeEscrow.OPERATORS',
      await readContract(client, { ...escrow, functionName: 'OPERATORS' }),
      deployed.operatorRegistry,
    ],
  ]
  for (const [what, found, expected] of told) if (!isAddressEqual(found, expected)) throw unlike(what, found, expected)
  const accepted = await readContract(client, { ...escrow, functionName: 'tokens' })
  const expected = deployed.tokens.map((token) => token.address)
  if (accepted.join().toLowerCase() !== expected.join().toLowerCase())
    throw unlike('ChargeEscrow.tokens', accepted.join(), expected.join())
}

const unlike = (what: string, found: string, expected: string): WerenodeError =>
  new WerenodeError('conflict', `${what} is ${found}, not ${expected}`, {
    hint: 'These contracts were not deployed together. Do not use them; deploy again or correct the address book.',
  })

const requireCode = async (client: SendingClient, contract: ContractName, address: Address): Promise<void> => {
  const code = await getCode(client, { address })
  if (code === undefined || !isCodeOf(contract, code))
    throw new WerenodeError('conflict', `The code at ${address} is not ${contract} as committed`, {
      hint: 'Do not use this address. It was made from other sources, or is another contract.',
    })
}

const addresses = (...list: readonly Address[]): Hex =>
  concat(list.map((address) => encodeAbiParameters(parseAbiParameters('address'), [address])))
