import { markerSvg, type PlugStatus, statusLooks } from '@werenode/design/plug'
import { useWords } from '../words/useWords'
import { useTheme } from './useTheme'

/** A status as shape, glyph, colour and word. */
export const StatusMark = ({ status, size = 22 }: { status: PlugStatus; size?: number }) => {
  const theme = useTheme()
  return <span className="wn-icon" dangerouslySetInnerHTML={{ __html: markerSvg(status, { theme, size }) }} />
}

export const StatusBadge = ({ status, words }: { status: PlugStatus; words?: string }) => {
  const { t } = useWords()
  return (
    <span className={`wn-status wn-status--${status}`}>
      <StatusMark status={status} size={18} />
      {words ?? t(statusLooks[status].messageKey)}
    </span>
  )
}
