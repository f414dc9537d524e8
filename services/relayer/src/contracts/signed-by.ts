import type { Address, Hex } from '@werenode/core'
import { decodeFunctionResult, encodeFunctionData, isAddressEqual, parseAbi, recoverAddress } from 'viem'
import type { ChainRpc } from '../rpc/chain-rpc.ts'

const erc1271 = parseAbi(['function isValidSignature(bytes32 digest, bytes signature) view returns (bytes4)'])
const magicValue = '0x1626ba7e'
/** What a wallet's own check may burn: enough for passkeys and several owners, too little to hold up the node. */
const gas = '0x4c4b40'

/** R20 as Signatures.sol judges it: the account's own ECDSA signature, else its code's word where it has code (EIP-1271). */
export const isSignedOnChain = async (
  rpc: ChainRpc,
  account: Address,
  digest: Hex,
  signature: Hex,
): Promise<boolean> => {
  const signer = await recoverAddress({ hash: digest, signature }).catch(() => undefined)
  if (signer !== undefined && isAddressEqual(signer, account)) return true
  if ((await rpc.call<Hex>('eth_getCode', [account, 'latest'])) === '0x') return false
  const data = encodeFunctionData({ abi: erc1271, functionName: 'isValidSignature', args: [digest, signature] })
  const [answer] = await rpc.batch<Hex>([{ method: 'eth_call', params: [{ to: account, data, gas }, 'latest'] }])
  if (answer === undefined || !('result' in answer)) return false
  try {
    return decodeFunctionResult({ abi: erc1271, functionName: 'isValidSignature', data: answer.result }) === magicValue
  } catch {
    return false
  }
}
