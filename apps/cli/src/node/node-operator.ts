import type { Address } from '@werenode/core'
import { openDriverKey } from '../driver/key-file.ts'

/**
 * Who runs this node: the owner of a key in the data folder (mode 0600), made at the first start. They may do everything on it; whoever
 * can read the data folder could anyway.
 */
export const nodeOperator = async (keyFile: string): Promise<Address> => {
  const { wallet } = await openDriverKey(keyFile)
  return wallet.address.toLowerCase() as Address
}
