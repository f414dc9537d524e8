import { useEffect, useState } from 'react'
import { useWords } from '../words/useWords'
import { Icon } from './Icon'

const key = 'werenode:contrast'

/** Turns high contrast on, and off again; it follows the device until somebody says otherwise. */
export const ContrastButton = ({ mobile = false }: { mobile?: boolean }) => {
  const { t } = useWords()
  const [more, setMore] = useState(false)
  useEffect(() => {
    const kept = localStorage.getItem(key)
    setMore(kept === null ? matchMedia('(prefers-contrast: more)').matches : kept === 'more')
    if (kept !== null) document.documentElement.dataset.contrast = kept
  }, [])
  const toggle = (): void => {
    const next = more ? 'normal' : 'more'
    document.documentElement.dataset.contrast = next
    localStorage.setItem(key, next)
    setMore(!more)
  }
  return (
    <button
      type="button"
      className={mobile ? 'menu__link wn-contrast' : 'clean-btn navbar__item wn-contrast'}
      aria-pressed={more}
      aria-label={t('settings.contrast')}
      title={t('settings.contrast')}
      onClick={toggle}
    >
      <Icon name="eye" />
      {mobile ? <span>{t('settings.contrast')}</span> : null}
    </button>
  )
}
