import type { Address, Hex } from '@werenode/core'
import { formatDateTime, formatMoney, type Locale } from '@werenode/design'
import { createContext, useContext } from 'react'
import type { Voucher } from '../chain/accreditation.ts'
import type { Reader } from '../chain/client.ts'
import type { Deployment } from '../chain/deployment.ts'
import type { TrustRow } from '../chain/trust.ts'
import type { IndexDoor } from '../registry/index-worker.ts'
import type { Progress } from '../registry/messages.ts'
import type { OwnSessions } from '../session/own.ts'
import type { AnnouncedWallet } from '../wallet/discover.ts'
import type { Call, Sent } from '../wallet/send.ts'
import type { Say } from '../words/words.ts'

/** Everything a page of the app leans on. */
export interface Desk {
  readonly deployment: Deployment
  readonly reader: Reader
  readonly locale: Locale
  readonly say: Say
  readonly progress: Progress
  /** What the pages ask about plugs and operators; undefined in the first moment. */
  readonly index: IndexDoor | undefined
  readonly trust: readonly TrustRow[] | undefined
  /** Every contract is what this copy expects. */
  readonly trusted: boolean
  /** Lists of accredited operators, each with whether it is believed. */
  readonly vouchers: readonly Voucher[]
  readonly wallet: AnnouncedWallet | undefined
  readonly account: Address | undefined
  readonly connect: () => void
  readonly own: OwnSessions
  /** Checks, tries, sends and waits; resolves with the hash. */
  readonly send: (call: Call, onSent?: (sent: Sent) => void) => Promise<Hex>
  /** Rises whenever something on chain may have changed. */
  readonly tick: number
  readonly refresh: () => void
}

export const DeskContext = createContext<Desk | undefined>(undefined)

export const useDesk = (): Desk => {
  const desk = useContext(DeskContext)
  if (desk === undefined) throw new Error('A page was drawn without its desk')
  return desk
}

/** Ways of writing figures in the reader's language. */
export const useFigures = () => {
  const { locale } = useDesk()
  return {
    money: (micro: bigint): string => formatMoney(micro, locale, { precision: 'cents' }),
    price: (micro: bigint): string => formatMoney(micro, locale, { precision: 'exact' }),
    date: (seconds: number): string =>
      formatDateTime(new Date(seconds * 1000), locale, Intl.DateTimeFormat().resolvedOptions().timeZone),
  }
}

/** Now, unix seconds. */
export const nowS = (): number => Math.floor(Date.now() / 1000)
