import { describeTariff, type Party, parseTariff, quote } from '@werenode/core'
import { tariffShort, tariffWords } from '@werenode/design/tariff'
import type { Werenode } from '@werenode/sdk'
import { type FormEvent, useMemo, useState } from 'react'
import { Icon } from '../look/Icon'
import { Trouble } from '../look/Trouble'
import { useWords } from '../words/useWords'
import { type Column, DataTable } from './DataTable'
import { Ask, Dialog } from './Dialog'
import { niceMost } from './nice-most'
import { draftOfTariff, emptyDraft, type TariffDraft, tariffOfDraft } from './tariff-draft'

export type StoredTariff = { readonly id: string; readonly currency: string } & Readonly<Record<string, unknown>>

/** The party's prices, with an editor that draws what a charge costs as it is typed. */
export const Tariffs = ({
  werenode,
  party,
  tariffs,
  onChanged,
}: {
  werenode: Werenode
  party: Party
  tariffs: readonly StoredTariff[]
  onChanged: () => Promise<void>
}) => {
  const { t, locale } = useWords()
  const [edited, setEdited] = useState<StoredTariff | 'new'>()
  const [removed, setRemoved] = useState<StoredTariff>()
  const columns = useMemo(
    (): readonly Column<StoredTariff>[] => [
      { title: t('desk.id'), value: ({ id }) => id },
      {
        title: t('map.tariff'),
        value: (tariff) => {
          try {
            return tariffShort(describeTariff(parseTariff(tariff)), { locale, currency: tariff.currency })
          } catch {
            return t('price.notComputable')
          }
        },
      },
    ],
    [t, locale],
  )
  return (
    <>
      <div className="wn-actions">
        <button type="button" className="wn-button wn-button--solid" onClick={() => setEdited('new')}>
          <Icon name="plus" /> {t('desk.newTariff')}
        </button>
      </div>
      <DataTable
        label={t('desk.tariffs')}
        columns={columns}
        rows={tariffs}
        keyOf={({ id }) => id}
        fileName="tariffs.csv"
        actions={(tariff) => (
          <div className="wn-actions">
            <button type="button" className="wn-button wn-button--small" onClick={() => setEdited(tariff)}>
              <Icon name="edit" size={16} /> {t('action.edit')}
            </button>
            <button type="button" className="wn-button wn-button--small" onClick={() => setRemoved(tariff)}>
              <Icon name="trash" size={16} /> {t('action.delete')}
            </button>
          </div>
        )}
      />
      {edited === undefined ? null : (
        <TariffForm
          stored={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onSave={async (id, tariff) => {
            await werenode.operator(party).putTariff(id, tariff)
            await onChanged()
          }}
        />
      )}
      {removed === undefined ? null : (
        <Ask
          question={t('desk.deleteTariffAsk', { name: removed.id })}
          action={t('action.delete')}
          onClose={() => setRemoved(undefined)}
          onDo={async () => {
            await werenode.api.removeTariff({ params: { party, tariffId: removed.id } })
            await onChanged()
          }}
        />
      )}
    </>
  )
}

/** Either the simple form, or OCPI's own JSON for what the form cannot say. */
const TariffForm = ({
  stored,
  onSave,
  onClose,
}: {
  stored: StoredTariff | undefined
  onSave: (id: string, tariff: Record<string, unknown>) => Promise<void>
  onClose: () => void
}) => {
  const { t } = useWords()
  const [id, setId] = useState(stored?.id ?? '')
  const [draft, setDraft] = useState<TariffDraft | undefined>(() => (stored ? draftOfTariff(stored) : emptyDraft))
  const [json, setJson] = useState(() => JSON.stringify(stored ?? {}, null, 2))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const tariff = useMemo((): Record<string, unknown> | undefined => {
    if (draft) return tariffOfDraft(draft)
    try {
      return JSON.parse(json) as Record<string, unknown>
    } catch {
      return undefined
    }
  }, [draft, json])

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!tariff) return
    setBusy(true)
    setError(undefined)
    try {
      await onSave(id.trim(), tariff)
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const field = (name: keyof TariffDraft, label: string) => (
    <label>
      {label}
      <input
        type="number"
        min={0}
        step="any"
        value={draft?.[name] ?? ''}
        onChange={({ target }) => setDraft({ ...emptyDraft, ...draft, [name]: target.value })}
      />
    </label>
  )
  return (
    <Dialog title={stored ? t('desk.editTariff') : t('desk.newTariff')} onClose={onClose}>
      <form className="wn-split" onSubmit={(event) => void save(event)}>
        <div>
          <div className="wn-form">
            <label className="wn-form__wide">
              {t('desk.id')}
              <input
                required
                value={id}
                readOnly={stored !== undefined}
                pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,59}"
                onChange={({ target }) => setId(target.value)}
              />
            </label>
            {draft ? (
              <>
                {field('perKWh', t('desk.perKWh'))}
                {field('perMinute', t('desk.perMinute'))}
                {field('perIdleMinute', t('desk.perIdle'))}
                {field('perStart', t('desk.perStart'))}
                {field('max', t('desk.max'))}
                {field('vat', t('desk.vat'))}
              </>
            ) : (
              <label className="wn-form__wide">
                OCPI
                <textarea rows={16} spellCheck={false} value={json} onChange={({ target }) => setJson(target.value)} />
              </label>
            )}
          </div>
          <p className="wn-hint">{t('desk.withVat')}</p>
          {error === undefined ? null : <Trouble error={error} />}
          <div className="wn-actions">
            <button type="submit" className="wn-button wn-button--solid" disabled={busy || !tariff}>
              {busy ? t('progress.saving') : t('action.save')}
            </button>
            <button type="button" className="wn-button" onClick={onClose}>
              {t('action.cancel')}
            </button>
          </div>
        </div>
        <Preview tariff={tariff} />
      </form>
    </Dialog>
  )
}

const curvePoints = 25
const curveEndWh = 60_000
const curvePowerW = 22_000
/** The scale's lines are whole cents. */
const leastScaleMicro = 20_000

/** What the tariff costs over the energy taken, by the engine that prices charges, and what a driver reads of it. */
const Preview = ({ tariff }: { tariff: Record<string, unknown> | undefined }) => {
  const { t, format, locale } = useWords()
  const priced = useMemo(() => {
    try {
      const parsed = parseTariff({ id: 'draft', country_code: 'FR', party_id: 'WRN', ...tariff })
      const points = Array.from({ length: curvePoints }, (_, index) => {
        const energyWh = Math.round((curveEndWh * index) / (curvePoints - 1))
        const { totalInclVatMicro } = quote(parsed, {
          timeZone: 'Europe/Paris',
          startAt: new Date(),
          energyWh,
          chargingSeconds: Math.ceil((energyWh * 3600) / curvePowerW),
          parkingSeconds: 0,
          powerW: curvePowerW,
          currentA: curvePowerW / 230,
        })
        return { energyWh, micro: totalInclVatMicro }
      })
      return { points, words: tariffWords(describeTariff(parsed), { locale, currency: parsed.currency }) }
    } catch (error) {
      return { error }
    }
  }, [tariff, locale])
  if ('error' in priced) return <Trouble error={priced.error} />
  const { points, words } = priced
  const most = niceMost(Math.max(leastScaleMicro, ...points.map(({ micro }) => Number(micro))))
  const [width, height, left, bottom] = [420, 220, 52, 28]
  const x = (energyWh: number): number => left + ((width - left - 8) * energyWh) / curveEndWh
  const y = (micro: bigint | number): number => 8 + (height - bottom - 8) * (1 - Number(micro) / most)
  const line = points
    .map(({ energyWh, micro }, index) => `${index === 0 ? 'M' : 'L'}${x(energyWh).toFixed(1)} ${y(micro).toFixed(1)}`)
    .join(' ')
  const said = points.at(Math.floor(curvePoints / 2))!
  return (
    <div>
      <h3>{t('desk.curve')}</h3>
      <svg
        className="wn-curve"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t('desk.curveAt', { energy: format.energy(said.energyWh), amount: format.money(said.micro) })}
      >
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line x1={left} x2={width - 8} y1={y(most * part)} y2={y(most * part)} stroke="var(--wn-line-subtle)" />
            <text x={left - 6} y={y(most * part) + 4} textAnchor="end" fontSize="12" fill="var(--wn-text-muted)">
              {format.money(BigInt(Math.round(most * part)))}
            </text>
          </g>
        ))}
        {[0, 20_000, 40_000, 60_000].map((energyWh) => (
          <text
            key={energyWh}
            x={x(energyWh)}
            y={height - 8}
            textAnchor="middle"
            fontSize="12"
            fill="var(--wn-text-muted)"
          >
            {energyWh / 1000}
          </text>
        ))}
        <path d={line} fill="none" stroke="var(--wn-chart-1)" strokeWidth="2.5" strokeLinejoin="round" />
      </svg>
      <p className="wn-hint">
        {t('desk.curveAt', { energy: format.energy(said.energyWh), amount: format.money(said.micro) })} (kWh,{' '}
        {format.power(curvePowerW)})
      </p>
      <h3>{t('desk.words')}</h3>
      <ul>
        {words.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  )
}
