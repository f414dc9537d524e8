import type { Address } from '@werenode/core'
import type { Locale } from '@werenode/design'
import { useEffect, useMemo, useState } from 'react'
import { createReader } from '../chain/client.ts'
import type { Deployment } from '../chain/deployment.ts'
import { checkContracts, type TrustRow } from '../chain/trust.ts'
import { createOwnSessions } from '../session/own.ts'
import { send } from '../wallet/send.ts'
import { onlyAway, TroubleError } from '../wallet/trouble.ts'
import { sayIn } from '../words/words.ts'
import { AccountPage } from './AccountPage.tsx'
import { type Desk, DeskContext } from './context.ts'
import { Frame } from './Frame.tsx'
import { OperatorPage } from './OperatorPage.tsx'
import { PlugPage } from './PlugPage.tsx'
import { PlugsPage } from './PlugsPage.tsx'
import { SessionPage } from './SessionPage.tsx'
import { SessionsPage } from './SessionsPage.tsx'
import { TrustPage } from './TrustPage.tsx'
import { useIndex } from './useIndex.ts'
import { useRoute } from './useRoute.ts'
import { useVouchers } from './useVouchers.ts'
import { useWallets } from './useWallets.ts'
import { WalletDialog } from './WalletDialog.tsx'

/** The app once it knows its deployment: reader, index, wallet and trust, and the page that is asked for. */
export const Desktop = ({
  deployment,
  locale,
  onLocale,
}: {
  deployment: Deployment
  locale: Locale
  onLocale: (locale: Locale) => void
}) => {
  const reader = useMemo(() => createReader(deployment), [deployment])
  const own = useMemo(() => createOwnSessions(localStorage), [])
  const { progress, index, tick, refresh } = useIndex(deployment)
  const { away } = progress
  const { wallets, wallet, pairing, account, connectTo, leave } = useWallets(deployment)
  const vouchers = useVouchers(deployment)
  const [choosing, setChoosing] = useState(false)
  const [trust, setTrust] = useState<readonly TrustRow[]>()
  const route = useRoute()

  useEffect(() => {
    if (away || trust !== undefined) return
    // Until a node answers, nothing can be signed; it is asked again with the next tick.
    checkContracts(reader, deployment).then(setTrust, onlyAway)
  }, [reader, deployment, away, tick, trust])

  const trusted = trust?.every(({ codeHolds, abiHolds }) => codeHolds && abiHolds) === true
  const desk: Desk = {
    ...{
      deployment,
      reader,
      locale,
      say: sayIn(locale),
      progress,
      index,
      trust,
      trusted,
      vouchers,
      wallet,
      account,
      own,
      tick,
    },
    refresh,
    connect: () => setChoosing(true),
    send: async (call, onSent) => {
      if (!trusted) throw new TroubleError({ word: 'trouble.contracts' })
      if (wallet === undefined || account === undefined) throw new TroubleError({ word: 'trouble.unauthorised' })
      return send(
        { reader, deployment, wallet: { provider: wallet.provider, account: account as Address } },
        call,
        onSent,
      )
    },
  }
  const page = (() => {
    switch (route.page) {
      case 'plug':
        return <PlugPage key={route.rest} plugKey={route.rest} />
      case 'session':
        return <SessionPage key={route.rest} sessionId={route.rest as `0x${string}`} />
      case 'sessions':
        return <SessionsPage />
      case 'account':
        return <AccountPage />
      case 'operator':
        return <OperatorPage />
      case 'contracts':
        return <TrustPage />
      default:
        return <PlugsPage />
    }
  })()

  return (
    <DeskContext value={desk}>
      <Frame page={route.page} onLocale={onLocale} onLeave={leave}>
        {page}
      </Frame>
      {choosing && (
        <WalletDialog wallets={wallets} pairing={pairing} onChoose={connectTo} onClose={() => setChoosing(false)} />
      )}
    </DeskContext>
  )
}
