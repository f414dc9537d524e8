import { useEffect, useState } from 'react'
import { readVouchers, type Voucher } from '../chain/accreditation.ts'
import type { Deployment } from '../chain/deployment.ts'
import { nowS } from './context.ts'

/** The lists of accredited operators beside this copy, judged once a visit. */
export const useVouchers = (deployment: Deployment): readonly Voucher[] => {
  const [vouchers, setVouchers] = useState<readonly Voucher[]>([])
  useEffect(() => {
    readVouchers(deployment, nowS()).then(setVouchers, (error: unknown) => reportError(error))
  }, [deployment])
  return vouchers
}
