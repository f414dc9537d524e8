import { Trouble } from '../look/Trouble'
import { useWords } from '../words/useWords'

/** The foot of a form in a dialog: what went wrong, and its two buttons. */
export function SaveOrCancel({ busy, error, onCancel }: { busy: boolean; error: unknown; onCancel: () => void }) {
  const { t } = useWords()
  return (
    <>
      {error === undefined ? null : <Trouble error={error} />}
      <div className="wn-actions">
        <button type="submit" className="wn-button wn-button--solid" disabled={busy}>
          {busy ? t('progress.saving') : t('action.save')}
        </button>
        <button type="button" className="wn-button" onClick={onCancel}>
          {t('action.cancel')}
        </button>
      </div>
    </>
  )
}
