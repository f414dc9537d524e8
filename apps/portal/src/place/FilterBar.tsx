import type { ConnectorStandard } from '@werenode/core'
import { connectorLook } from '@werenode/design/plug'
import { filterCount, type MapModel, type MapState, type Sorting, sortings, usualCharge } from '@werenode/map'
import { useEffect, useId, useState } from 'react'
import { Icon } from '../look/Icon'
import { useWords } from '../words/useWords'

const plugs: readonly ConnectorStandard[] = ['IEC_62196_T2', 'IEC_62196_T2_COMBO', 'CHADEMO', 'DOMESTIC_E', 'NACS']
const powersW = [0, 7_400, 22_000, 50_000, 150_000]

/** Search, the filters one wants at hand, and the rest behind a button. */
export const FilterBar = ({ model, state }: { model: MapModel; state: MapState }) => {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const { filters } = state
  const count = filterCount(filters)
  const rest = useId()
  return (
    <search className="wn-filters">
      <SearchField words={filters.words} onWords={(words) => model.filter({ words })} />
      <div className="wn-filters__row">
        <Chip on={filters.available} onClick={() => model.filter({ available: !filters.available })}>
          {t('filter.available')}
        </Chip>
        <Chip on={filters.payable} onClick={() => model.filter({ payable: !filters.payable })}>
          {t('filter.payable')}
        </Chip>
        <button
          type="button"
          className="wn-chip wn-chip--more"
          aria-expanded={open}
          aria-controls={rest}
          onClick={() => setOpen(!open)}
        >
          <Icon name="sliders" size={16} />
          {count === 0 ? t('filter.title') : t('filter.count', { count })}
        </button>
      </div>
      <div id={rest} hidden={!open} className="wn-filters__rest">
        <MoreFilters model={model} state={state} />
      </div>
    </search>
  )
}

const SearchField = ({ words, onWords }: { words: string; onWords: (words: string) => void }) => {
  const { t } = useWords()
  const [text, setText] = useState(words)
  useEffect(() => setText(words), [words])
  useEffect(() => {
    if (text.trim() === words) return
    const timer = setTimeout(() => onWords(text.trim().slice(0, 100)), 350)
    return () => clearTimeout(timer)
  }, [text, words, onWords])
  return (
    <div className="wn-field wn-field--search">
      <Icon name="search" />
      <input
        type="search"
        value={text}
        aria-label={t('map.search')}
        placeholder={t('map.search')}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  )
}

const Chip = ({ on, onClick, children }: { on: boolean; onClick: () => void; children: React.ReactNode }) => (
  <button type="button" className="wn-chip" aria-pressed={on} onClick={onClick}>
    {on ? <Icon name="check" size={16} /> : null}
    {children}
  </button>
)

const MoreFilters = ({ model, state }: { model: MapModel; state: MapState }) => {
  const { t, format } = useWords()
  const { filters } = state
  const toggle = (standard: ConnectorStandard): void =>
    model.filter({
      standards: filters.standards.includes(standard)
        ? filters.standards.filter((one) => one !== standard)
        : [...filters.standards, standard],
    })
  return (
    <>
      <fieldset>
        <legend>{t('filter.power')}</legend>
        <div className="wn-filters__row">
          {powersW.map((powerW) => (
            <Chip key={powerW} on={filters.minPowerW === powerW} onClick={() => model.filter({ minPowerW: powerW })}>
              {powerW === 0 ? t('map.anyPower') : t('map.powerFrom', { power: format.power(powerW) })}
            </Chip>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{t('filter.connector')}</legend>
        <div className="wn-filters__row">
          {plugs.map((standard) => {
            const { icon, words } = connectorLook(t as never, standard)
            return (
              <Chip key={standard} on={filters.standards.includes(standard)} onClick={() => toggle(standard)}>
                <Icon name={icon} size={18} />
                {words}
              </Chip>
            )
          })}
        </div>
      </fieldset>
      <fieldset>
        <legend>{t('filter.access')}</legend>
        <div className="wn-filters__row">
          {(
            [
              ['openNow', t('filter.openNow')],
              ['accessible', t('map.accessible')],
              ['free', t('map.free')],
              ['favourites', t('filter.favourites')],
            ] as const
          ).map(([name, words]) => (
            <Chip key={name} on={filters[name]} onClick={() => model.filter({ [name]: !filters[name] })}>
              {words}
            </Chip>
          ))}
        </div>
      </fieldset>
      <div className="wn-filters__grid">
        <label>
          {t('filter.payment')}
          <select
            value={filters.pays ?? ''}
            onChange={({ target: { value } }) => model.filter({ pays: value === '' ? undefined : value } as never)}
          >
            <option value="">{t('map.payAny')}</option>
            <option value="card">{t('map.payCard')}</option>
            <option value="ad-hoc">{t('map.payAdHoc')}</option>
          </select>
        </label>
        <label>
          {t('filter.operator')}
          <input
            type="text"
            key={filters.party ?? ''}
            defaultValue={filters.party ?? ''}
            placeholder="FR*WRN"
            pattern="[A-Za-z]{2}\*[A-Za-z0-9]{3}"
            onBlur={({ target }) => {
              const party = target.value.trim().toUpperCase()
              if (party === '' || /^[A-Z]{2}\*[A-Z0-9]{3}$/.test(party))
                model.filter({ party: party === '' ? undefined : party } as never)
            }}
          />
        </label>
      </div>
      <ChargeFields model={model} state={state} />
      <button type="button" className="wn-button wn-button--small" onClick={() => model.clearFilters()}>
        {t('filter.clear')}
      </button>
    </>
  )
}

/** The charge whose price is asked for. */
const ChargeFields = ({ model, state: { charge, filters } }: { model: MapModel; state: MapState }) => {
  const { t } = useWords()
  const energyWh = charge?.energyWh ?? usualCharge.energyWh
  const choose = (change: { energyWh?: number; minutes?: number | undefined }): void => {
    const { minutes, ...rest } = { ...charge, energyWh, ...change }
    model.choose({ ...rest, ...(minutes === undefined ? {} : { minutes }) })
  }
  return (
    <fieldset>
      <legend>{t('list.myCharge')}</legend>
      <div className="wn-filters__grid">
        <label>
          {t('map.energy')}
          <input
            type="number"
            min={1}
            max={900}
            value={energyWh / 1000}
            onChange={({ target }) =>
              target.valueAsNumber > 0 && choose({ energyWh: Math.round(target.valueAsNumber * 1000) })
            }
          />
        </label>
        <label>
          {t('map.minutes')}
          <input
            type="number"
            min={1}
            max={9999}
            value={charge?.minutes ?? ''}
            placeholder={t('map.minutesHint')}
            onChange={({ target }) =>
              choose({
                minutes: Number.isNaN(target.valueAsNumber) ? undefined : Math.max(1, Math.round(target.valueAsNumber)),
              })
            }
          />
        </label>
        <label>
          {t('map.maxPrice')}
          <input
            type="number"
            min={0}
            step={0.5}
            value={filters.maxPriceMicro === undefined ? '' : Number(filters.maxPriceMicro) / 1e6}
            onChange={({ target }) => {
              const micro = Math.round(target.valueAsNumber * 100) * 10_000
              if (!charge) choose({})
              model.filter({ maxPriceMicro: micro > 0 ? String(micro) : undefined } as never)
            }}
          />
        </label>
      </div>
    </fieldset>
  )
}

export const SortField = ({ model, state }: { model: MapModel; state: MapState }) => {
  const { t } = useWords()
  const words = { distance: t('list.byDistance'), price: t('list.byPrice'), power: t('list.byPower') }
  return (
    <label className="wn-sort">
      <span>{t('list.sortBy')}</span>
      <select value={state.sort} onChange={({ target }) => model.sortBy(target.value as Sorting)}>
        {sortings.map((name) => (
          <option key={name} value={name}>
            {words[name]}
          </option>
        ))}
      </select>
    </label>
  )
}
