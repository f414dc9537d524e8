import type { Party } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { useEffect, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Trouble } from '../../look/Trouble'
import type { WalletChoice } from '../../wallet/useWallet'
import { useWords } from '../../words/useWords'
import { Chart } from '../Chart'
import { ChoiceField } from '../Field'
import { saveFile } from '../save-file'
import { PayoutPanel } from './PayoutPanel'
import { daysAgo, dayText, Period } from './Period'

type Figures = Schemas['Figures']
const stepMs = { hour: 3_600_000, day: 86_400_000, month: 30.4 * 86_400_000 } as const

/** Revenue, energy and use of the party's plugs over time, and taking out what was earned. */
export const FiguresTab = ({ choice, party }: { choice: WalletChoice; party: Party }) => {
  const { t, format } = useWords()
  const { werenode } = choice
  const [from, setFrom] = useState(() => dayText(daysAgo(30)))
  const [to, setTo] = useState(() => dayText(daysAgo(-1)))
  const [step, setStep] = useState<keyof typeof stepMs>('day')
  const { figures, error } = useFigures(werenode, party, from, to, step)
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const steps = figures?.steps ?? []
  const over = (pick: (one: Figures['steps'][number]) => number) =>
    steps.map((one) => ({ at: Date.parse(one.at), value: pick(one) }))
  const timeWords = (at: number): string =>
    step === 'hour' ? format.dateTime(new Date(at)) : format.date(new Date(at))
  const percent = (part: number): string => format.percent(part * 100)
  const save = (): void => {
    const rows = steps.map((one) => [
      one.at,
      one.sessions,
      one.energyWh,
      Number(one.revenueMicro) / 1e6,
      Number(one.dueMicro) / 1e6,
      one.occupiedSeconds,
      one.utilisation,
      one.faults,
    ])
    const head = ['at', 'sessions', 'energyWh', 'revenue', 'due', 'occupiedSeconds', 'utilisation', 'faults']
    saveFile(`${[head, ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`, `figures-${from}-${to}.csv`, 'text/csv')
  }
  return (
    <>
      <Period from={from} to={to} onFrom={setFrom} onTo={setTo} />
      <div className="wn-table__tools">
        <ChoiceField
          label={t('action.details')}
          value={step}
          choices={(['hour', 'day', 'month'] as const).map((one) => [one, t(`figures.step.${one}`)])}
          onChoice={(one) => setStep(one as keyof typeof stepMs)}
        />
        <button type="button" className="wn-button wn-button--small" onClick={save}>
          <Icon name="download" size={18} /> {t('desk.export')}
        </button>
      </div>
      {error === undefined ? null : <Trouble error={error} />}
      {figures === undefined ? (
        <p className="wn-waiting">{t('progress.loading')}</p>
      ) : (
        <>
          <div className="wn-tiles" data-figures={figures.total.sessions}>
            <Tile label={t('books.revenue')} value={format.money(figures.total.revenueMicro)} />
            <Tile label={t('figures.due')} value={format.money(figures.total.dueMicro)} />
            <Tile label={t('books.energySold')} value={format.energy(figures.total.energyWh)} />
            <Tile label={t('figures.sessions')} value={format.number(figures.total.sessions)} />
            <Tile label={t('books.utilisation')} value={percent(figures.total.utilisation)} />
            <Tile label={t('figures.faults')} value={format.number(figures.total.faults)} />
          </div>
          <div className="wn-charts">
            <Chart
              label={t('books.revenue')}
              points={over(({ revenueMicro }) => Number(revenueMicro) / 1e6)}
              from={start}
              to={end}
              least={0.02}
              words={(euro) => format.money(BigInt(Math.round(euro * 1e6)))}
              timeWords={timeWords}
              barMs={stepMs[step]}
            />
            <Chart
              label={t('figures.useTitle')}
              points={over(({ utilisation }) => utilisation)}
              from={start}
              to={end}
              least={0.1}
              words={percent}
              timeWords={timeWords}
              barMs={stepMs[step]}
            />
            <Chart
              label={t('books.energySold')}
              points={over(({ energyWh }) => energyWh)}
              from={start}
              to={end}
              least={1000}
              words={(energyWh) => format.energy(Math.round(energyWh))}
              timeWords={timeWords}
              barMs={stepMs[step]}
            />
          </div>
        </>
      )}
      <PayoutPanel choice={choice} party={party} />
    </>
  )
}

const Tile = ({ label, value }: { label: string; value: string }) => (
  <div className="wn-figure">
    <span>{label}</span>
    <strong>{value}</strong>
  </div>
)

const useFigures = (werenode: Werenode, party: Party, from: string, to: string, step: 'hour' | 'day' | 'month') => {
  const [figures, setFigures] = useState<Figures>()
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    const ending = new AbortController()
    setError(undefined)
    werenode.api
      .getFigures({
        params: { party },
        query: {
          from: new Date(`${from}T00:00`).toISOString(),
          to: new Date(`${to}T00:00`).toISOString(),
          step,
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        },
        signal: ending.signal,
      })
      .then(
        (told) => setFigures(told),
        (problem: unknown) => {
          if (!ending.signal.aborted) setError(problem)
        },
      )
    return () => ending.abort()
  }, [werenode, party, from, to, step])
  return { figures, error }
}
