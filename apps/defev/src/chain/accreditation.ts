import { type AccreditationFault, accreditationFault, type SignedAccreditationList } from '@werenode/chain'
import type { Hex } from '@werenode/core'
import type { Deployment } from './deployment.ts'

/** A list beside this copy, and why it is not believed; undefined: it holds. */
export interface Voucher {
  readonly list: SignedAccreditationList
  readonly fault: AccreditationFault | undefined
}

/** Judges every list of the deployment now. Nothing is asked of anybody: the lists lie beside the page, the issuers are named in it. */
export const readVouchers = ({ accreditation, addresses }: Deployment, nowS: number): Promise<readonly Voucher[]> => {
  const { issuers = [], lists = [] } = accreditation ?? {}
  return Promise.all(
    lists.map(async (list) => ({ list, fault: await accreditationFault(list, { addresses, issuers, nowS }) })),
  )
}

/** The first list that holds and names this operator. */
export const voucherOf = (vouchers: readonly Voucher[], operatorId: Hex): SignedAccreditationList | undefined =>
  vouchers.find(
    ({ list, fault }) =>
      fault === undefined && list.operatorIds.some((id) => id.toLowerCase() === operatorId.toLowerCase()),
  )?.list
