import { useState } from 'react'
import { Icon } from '../look/Icon'
import { Trouble } from '../look/Trouble'
import { useWords } from '../words/useWords'
import type { WalletChoice } from './useWallet'

/** Which wallet pays, or signs in. `local`: a trial wallet may be made here. */
export const WalletPicker = ({ choice, local }: { choice: WalletChoice; local: boolean }) => {
  const { t, format } = useWords()
  const [error, setError] = useState<unknown>()
  if (choice.wallet)
    return (
      <p className="wn-wallet">
        <Icon name="wallet" />
        <span>
          {choice.name ?? t('charge.browserWallet')}
          <code title={choice.wallet.address}>{format.hex(choice.wallet.address)}</code>
        </span>
        <button type="button" className="wn-button wn-button--small" onClick={choice.disconnect}>
          {t('wallet.disconnect')}
        </button>
      </p>
    )
  return (
    <div className="wn-wallets">
      {choice.found.length === 0 ? <p className="wn-note">{t('charge.noWallet')}</p> : null}
      {choice.found.map((wallet) => (
        <button
          key={wallet.info.uuid}
          type="button"
          className="wn-button wn-wallets__one"
          onClick={() => {
            setError(undefined)
            choice.connect(wallet).catch(setError)
          }}
        >
          {wallet.info.icon.startsWith('data:image/') ? (
            <img src={wallet.info.icon} alt="" width={24} height={24} />
          ) : (
            <Icon name="wallet" />
          )}
          {wallet.info.name}
        </button>
      ))}
      {local ? (
        <div className="wn-wallets__try">
          <button type="button" className="wn-button" onClick={choice.tryIt}>
            <Icon name="key" /> {t('charge.try')}
          </button>
          <p>{t('charge.tryWhy')}</p>
        </div>
      ) : null}
      {error === undefined ? null : <Trouble error={error} />}
    </div>
  )
}
