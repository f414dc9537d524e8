import { useMemo, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Told } from '../../look/Told'
import { useWords } from '../../words/useWords'
import { type Column, DataTable } from '../DataTable'
import { Ask } from '../Dialog'
import type { Capture, ServiceDesk, Terminal } from './PartnerServices'
import { TerminalForm } from './TerminalForm'

/** A partner's payment terminals: put at our places, asked for, given back; and what was taken at them. */
export const Terminals = ({
  desk,
  terminals,
  captures,
}: {
  desk: ServiceDesk
  terminals: readonly Terminal[]
  captures: readonly Capture[]
}) => {
  const { t, format } = useWords()
  const [form, setForm] = useState<Terminal | 'new'>()
  const [returned, setReturned] = useState<Terminal>()
  const [told, setTold] = useState<string>()
  const columns = useMemo(
    (): readonly Column<Terminal>[] => [
      { title: t('terminals.id'), value: ({ id }) => id, show: ({ id }) => <code>{id}</code> },
      { title: t('terminals.mark'), value: ({ reference }) => reference ?? '' },
      { title: t('terminals.address'), value: ({ address, city }) => [address, city].filter(Boolean).join(', ') },
      {
        title: t('terminals.serves'),
        value: ({ locationIds, evseUids }) =>
          [...locationIds, ...evseUids].map((id) => nameOf(desk, id)).join(', ') || t('terminals.servesNone'),
      },
    ],
    [t, desk],
  )
  const captureColumns = useMemo(
    (): readonly Column<Capture>[] => [
      {
        title: t('captures.when'),
        value: ({ lastUpdated }) => lastUpdated,
        show: ({ lastUpdated }) => format.dateTime(lastUpdated),
      },
      { title: t('captures.charge'), value: ({ authorizationReference }) => authorizationReference },
      {
        title: t('captures.sum'),
        number: true,
        value: ({ total }) => total,
        show: ({ total, currency }) => format.money(BigInt(Math.round(total * 1e6)), { currency }),
      },
      {
        title: t('desk.state'),
        value: ({ status, words }) => [t(`capture.state.${status}`), words].filter(Boolean).join(': '),
      },
    ],
    [t, format],
  )
  return (
    <section className="wn-part" aria-label={t('terminals.title')}>
      <h3>{t('terminals.title')}</h3>
      <div className="wn-actions">
        <button type="button" className="wn-button" onClick={() => setForm('new')}>
          <Icon name="plus" /> {t('terminals.ask')}
        </button>
      </div>
      <Told words={told} />
      <DataTable
        label={t('terminals.title')}
        columns={columns}
        rows={terminals}
        keyOf={({ id }) => id}
        fileName="terminals.csv"
        empty={t('terminals.none')}
        actions={(terminal) => (
          <div className="wn-actions">
            <button type="button" className="wn-button wn-button--small" onClick={() => setForm(terminal)}>
              {t('terminals.assign')}
            </button>
            <button type="button" className="wn-button wn-button--small" onClick={() => setReturned(terminal)}>
              {t('terminals.return')}
            </button>
          </div>
        )}
      />
      <h3>{t('captures.title')}</h3>
      <DataTable
        label={t('captures.title')}
        columns={captureColumns}
        rows={captures}
        keyOf={({ id }) => id}
        fileName="captures.csv"
        empty={t('captures.none')}
        first={{ column: 0, down: true }}
      />
      {form === undefined ? null : (
        <TerminalForm
          desk={desk}
          terminal={form === 'new' ? undefined : form}
          onClose={() => setForm(undefined)}
          onSaved={() => setTold(form === 'new' ? t('terminals.asked') : t('progress.done'))}
        />
      )}
      {returned === undefined ? null : (
        <Ask
          question={t('terminals.returnAsk', { id: returned.id })}
          action={t('terminals.return')}
          onClose={() => setReturned(undefined)}
          onDo={async () => {
            await desk.roaming.deactivateTerminal(desk.partnerId, returned.id)
            await desk.reload()
          }}
        />
      )}
    </section>
  )
}

/** A place or plug by the name people know. */
const nameOf = ({ places }: ServiceDesk, id: string): string =>
  places.find((place) => place.id === id)?.name ??
  places.flatMap(({ evses }) => evses).find(({ uid }) => uid === id)?.evseId ??
  id
