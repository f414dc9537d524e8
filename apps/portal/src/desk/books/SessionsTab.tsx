import type { Party } from '@werenode/core'
import { isMessageKey } from '@werenode/design/catalogue'
import type { Schemas, Werenode } from '@werenode/sdk'
import { useEffect, useMemo, useState } from 'react'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { type Column, DataTable } from '../DataTable'
import { daysAgo, dayText, Period } from './Period'

type Charge = Schemas['PartySession']
const pageSize = 200
const mostCharges = 5_000

/** The charges at the party's plugs in a span of time, with what they brought. */
export const SessionsTab = ({ werenode, party }: { werenode: Werenode; party: Party }) => {
  const { t, format } = useWords()
  const [from, setFrom] = useState(() => dayText(daysAgo(30)))
  const [to, setTo] = useState(() => dayText(daysAgo(-1)))
  const [charges, setCharges] = useState<readonly Charge[]>([])
  const [loading, setLoading] = useState(true)
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    const ending = new AbortController()
    const load = async (): Promise<void> => {
      setLoading(true)
      setError(undefined)
      const all: Charge[] = []
      let cursor: string | undefined
      do {
        const page = await werenode.api.listPartySessions({
          params: { party },
          query: {
            from: new Date(from).toISOString(),
            to: new Date(to).toISOString(),
            limit: String(pageSize),
            ...(cursor === undefined ? {} : { cursor }),
          },
          signal: ending.signal,
        })
        all.push(...page.items)
        cursor = page.next
        if (ending.signal.aborted) return
        setCharges([...all])
      } while (cursor !== undefined && all.length < mostCharges)
    }
    load()
      .catch((problem: unknown) => {
        if (!ending.signal.aborted) setError(problem)
      })
      .finally(() => {
        if (!ending.signal.aborted) setLoading(false)
      })
    return () => ending.abort()
  }, [werenode, party, from, to])
  const stateWords = useMemo(
    () =>
      (state: string): string => {
        const key = `session.state.${state}`
        return isMessageKey(key) ? t(key as 'session.state.settled') : state
      },
    [t],
  )
  const columns = useMemo(
    (): readonly Column<Charge>[] => [
      {
        title: t('desk.started'),
        value: ({ startedAt, createdAt }) => startedAt ?? createdAt,
        show: ({ startedAt, createdAt }) => format.dateTime(startedAt ?? createdAt),
      },
      {
        title: t('desk.ended'),
        value: ({ endedAt }) => endedAt ?? '',
        show: ({ endedAt }) => (endedAt === undefined ? '' : format.dateTime(endedAt)),
      },
      {
        title: t('desk.plug'),
        value: ({ evseId }) => evseId,
        show: ({ evseId }) => <code>{format.evseId(evseId)}</code>,
      },
      { title: t('desk.place'), value: ({ locationName }) => locationName },
      { title: t('desk.state'), value: ({ state }) => stateWords(state) },
      {
        title: `${t('desk.energy')}, kWh`,
        number: true,
        value: ({ energyWh }) => energyWh / 1000,
        show: ({ energyWh }) => format.energy(energyWh),
      },
      {
        title: `${t('desk.cost')}, €`,
        number: true,
        value: ({ amountMicro }) => Number(amountMicro) / 1e6,
        show: ({ amountMicro }) => format.money(amountMicro),
      },
      {
        title: `${t('desk.paid')}, €`,
        number: true,
        value: ({ paidMicro }) => (paidMicro === undefined ? '' : Number(paidMicro) / 1e6),
        show: ({ paidMicro }) => (paidMicro === undefined ? '' : format.money(paidMicro)),
      },
      { title: t('desk.charge'), value: ({ id }) => id, show: ({ id }) => <code title={id}>{format.hex(id)}</code> },
    ],
    [t, format, stateWords],
  )
  return (
    <>
      <Period from={from} to={to} onFrom={setFrom} onTo={setTo} />
      {error === undefined ? null : <Trouble error={error} />}
      <p className="wn-hint" role="status">
        {t('desk.sum', {
          energy: format.energy(charges.reduce((sum, { energyWh }) => sum + energyWh, 0)),
          amount: format.money(charges.reduce((sum, { amountMicro }) => sum + BigInt(amountMicro), 0n)),
        })}
      </p>
      <DataTable
        label={t('desk.sessions')}
        columns={columns}
        rows={charges}
        keyOf={({ id }) => id}
        fileName={`charges-${from}-${to}.csv`}
        empty={loading ? t('progress.loading') : t('desk.noCharge')}
      />
    </>
  )
}
