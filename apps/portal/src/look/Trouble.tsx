import { isWerenodeError } from '@werenode/core'
import { sayProblem } from '@werenode/design/catalogue'
import { useWords } from '../words/useWords'
import { Icon } from './Icon'

/** What went wrong, and what to do about it, in the reader's language. */
export const Trouble = ({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) => {
  const { t } = useWords()
  const known = isWerenodeError(error)
  const { what, todo } = known
    ? sayProblem(t as never, { code: error.code, detail: error.message })
    : { what: error instanceof Error ? error.message : String(error), todo: undefined }
  return (
    <div className="wn-trouble" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{what}</strong>
        {known && error.message !== what ? <p>{error.message}</p> : null}
        {todo === undefined ? null : <p>{todo}</p>}
        {onRetry ? (
          <button type="button" className="wn-button wn-button--small" onClick={onRetry}>
            {t('action.retry')}
          </button>
        ) : null}
      </div>
    </div>
  )
}
