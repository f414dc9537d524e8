import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Trouble } from '../look/Trouble'
import { useWords } from '../words/useWords'

/** A dialog that takes the focus, gives it back, and closes with Escape. */
export const Dialog = ({
  title,
  small = false,
  onClose,
  children,
}: {
  title: string
  small?: boolean
  onClose: () => void
  children: ReactNode
}) => {
  const box = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = box.current!
    if (!dialog.open) dialog.showModal()
    return () => dialog.close()
  }, [])
  return (
    <dialog
      ref={box}
      className={small ? 'wn-dialog wn-dialog--small wn-page' : 'wn-dialog wn-page'}
      aria-labelledby={id}
      onCancel={onClose}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  )
}

/** Asks before something that cannot be undone. */
export const Ask = ({
  question,
  action,
  onDo,
  onClose,
}: {
  question: string
  action: string
  onDo: () => Promise<void>
  onClose: () => void
}) => {
  const { t } = useWords()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const go = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await onDo()
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('ask.sure')} small onClose={onClose}>
      <p>{question}</p>
      {error === undefined ? null : <Trouble error={error} />}
      <div className="wn-actions">
        <button type="button" className="wn-button wn-button--danger" disabled={busy} onClick={() => void go()}>
          {busy ? t('progress.saving') : action}
        </button>
        <button type="button" className="wn-button" onClick={onClose}>
          {t('action.cancel')}
        </button>
      </div>
    </Dialog>
  )
}
