import { useState } from 'react'
import { Icon } from '../look/Icon'
import { useWords } from '../words/useWords'

/** Text to be taken elsewhere, with a button that copies it. */
export const CopyText = ({ text, label }: { text: string; label: string }) => {
  const { t } = useWords()
  const [copied, setCopied] = useState(false)
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true)
        setTimeout(() => setCopied(false), 2_000)
      },
      // A browser that forbids it: the text can be marked by hand.
      () => setCopied(false),
    )
  return (
    <span className="wn-copy">
      <code>{text}</code>
      <button
        type="button"
        className="wn-button wn-button--small"
        aria-label={`${t('action.copy')}: ${label}`}
        onClick={copy}
      >
        <Icon name={copied ? 'check' : 'copy'} size={16} />
        <span aria-live="polite">{copied ? t('action.copied') : t('action.copy')}</span>
      </button>
    </span>
  )
}
