import { useEffect, useRef } from 'react'
import type { AnnouncedWallet } from '../wallet/discover.ts'
import { useDesk } from './context.ts'
import { Pairing } from './Pairing.tsx'
import { Trouble } from './Trouble.tsx'
import { useTask } from './useTask.ts'

/** All wallets that announced themselves; the person chooses. */
export const WalletDialog = ({
  wallets,
  pairing,
  onChoose,
  onClose,
}: {
  wallets: readonly AnnouncedWallet[]
  pairing: string | undefined
  onChoose: (wallet: AnnouncedWallet) => Promise<void>
  onClose: () => void
}) => {
  const { say } = useDesk()
  const { busy, trouble, run } = useTask()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="wallets">
      <h2 id="wallets">{say('wallet.choose')}</h2>
      {wallets.length === 0 && <p>{say('wallet.none')}</p>}
      <ul className="choices">
        {wallets.map((wallet) => (
          <li key={wallet.uuid}>
            <button
              type="button"
              className="choice"
              disabled={busy}
              onClick={() =>
                run(async () => {
                  await onChoose(wallet)
                  onClose()
                })
              }
            >
              {wallet.icon !== '' && <img src={wallet.icon} alt="" width="28" height="28" />}
              {wallet.name}
            </button>
          </li>
        ))}
      </ul>
      {pairing !== undefined && <Pairing uri={pairing} />}
      <Trouble trouble={trouble} />
      <button type="button" className="quiet" onClick={() => dialog.current?.close()} aria-label="×">
        ×
      </button>
    </dialog>
  )
}
