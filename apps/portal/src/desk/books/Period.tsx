import { useWords } from '../../words/useWords'
import { TextField } from '../Field'

/** `2026-11-22`, by the clock of the person. */
export const dayText = (day: Date): string => {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
export const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000)

/** From which day, and up to which. */
export const Period = ({
  from,
  to,
  onFrom,
  onTo,
}: {
  from: string
  to: string
  onFrom: (day: string) => void
  onTo: (day: string) => void
}) => {
  const { t } = useWords()
  const taken = (take: (day: string) => void) => (day: string) => {
    if (day !== '') take(day)
  }
  return (
    <div className="wn-form wn-form--narrow">
      <TextField label={t('desk.from')} value={from} onText={taken(onFrom)} type="date" max={to} />
      <TextField label={t('desk.to')} value={to} onText={taken(onTo)} type="date" min={from} />
    </div>
  )
}
