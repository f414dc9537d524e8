import { evseRegistryAbi } from '@werenode/chain'
import type { Hex, PublishedEvse } from '@werenode/core'
import { decodeFunctionResult, encodeFunctionData } from 'viem'
import type { ChainReader } from '../rpc/read-chain.ts'
import type { NetworkFacts } from './network.ts'

/** What the registry says of one EVSE of this operator, at the newest block. */
export const readEvse = async (
  reader: ChainReader,
  { evseRegistry, operatorId }: NetworkFacts,
  evseIdHash: Hex,
): Promise<PublishedEvse> => {
  const abi = evseRegistryAbi
  const args = [operatorId, evseIdHash] as const
  const [record, meterKeyHash] = await Promise.all([
    reader.read(evseRegistry, encodeFunctionData({ abi, functionName: 'evseOf', args })),
    reader.read(evseRegistry, encodeFunctionData({ abi, functionName: 'meterKeyHashOf', args })),
  ])
  const evse = decodeFunctionResult({ abi, functionName: 'evseOf', data: record })
  return {
    evseIdHash,
    registered: evse.registered,
    active: evse.active,
    offerHash: evse.offerHash,
    offerValidUntil: evse.offerValidUntil,
    meterKeyHash: decodeFunctionResult({ abi, functionName: 'meterKeyHashOf', data: meterKeyHash }),
  }
}
