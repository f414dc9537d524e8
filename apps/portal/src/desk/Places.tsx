import type { ConnectorStandard, Evse, Location, Party } from '@werenode/core'
import { connectorLook } from '@werenode/design/plug'
import type { Werenode } from '@werenode/sdk'
import { type FormEvent, type ReactNode, useMemo, useState } from 'react'
import { Icon } from '../look/Icon'
import type { WalletChoice } from '../wallet/useWallet'
import { useWords } from '../words/useWords'
import { type Column, DataTable } from './DataTable'
import { Ask, Dialog } from './Dialog'
import { ImportPlaces } from './ImportPlaces'
import { PlacePhotos } from './PlacePhotos'
import { evseBody, placeBody, presentEvses } from './place-body'
import { RegisterOnChain } from './RegisterOnChain'
import { SaveOrCancel } from './SaveOrCancel'
import type { OwnPlaces } from './useOwnPlaces'

/** The party's places: create, change, take off the map. */
export const Places = ({
  werenode,
  party,
  own,
  tariffIds,
  choice,
}: {
  werenode: Werenode
  party: Party
  own: OwnPlaces
  tariffIds: readonly string[]
  choice: WalletChoice
}) => {
  const { t } = useWords()
  const [importing, setImporting] = useState(false)
  const [onChain, setOnChain] = useState<Location>()
  const [edited, setEdited] = useState<Location | 'new'>()
  const [retired, setRetired] = useState<Location>()
  const columns = useMemo(
    (): readonly Column<Location>[] => [
      { title: t('desk.name'), value: ({ name }) => name },
      { title: t('desk.id'), value: ({ id }) => id },
      { title: t('desk.address'), value: ({ address, city }) => `${address}, ${city}` },
      { title: t('desk.plugs'), number: true, value: ({ evses }) => evses.length },
    ],
    [t],
  )
  return (
    <>
      <div className="wn-actions">
        <button type="button" className="wn-button wn-button--solid" onClick={() => setEdited('new')}>
          <Icon name="plus" /> {t('desk.newPlace')}
        </button>
        <button type="button" className="wn-button" onClick={() => setImporting(true)}>
          <Icon name="upload" /> {t('action.import')}
        </button>
      </div>
      <DataTable
        label={t('desk.places')}
        columns={columns}
        rows={own.places}
        keyOf={({ id }) => id}
        fileName="places.csv"
        empty={own.loaded ? t('desk.noPlace') : t('progress.loading')}
        actions={(place) => (
          <div className="wn-actions">
            <button type="button" className="wn-button wn-button--small" onClick={() => setEdited(place)}>
              <Icon name="edit" size={16} /> {t('action.edit')}
            </button>
            <button type="button" className="wn-button wn-button--small" onClick={() => setOnChain(place)}>
              <Icon name="link" size={16} /> {t('chain.title')}
            </button>
            <button type="button" className="wn-button wn-button--small" onClick={() => setRetired(place)}>
              {t('desk.retire')}
            </button>
          </div>
        )}
      />
      {edited === undefined ? null : (
        <PlaceForm
          place={edited === 'new' ? undefined : edited}
          party={party}
          tariffIds={tariffIds}
          photos={
            edited === 'new' ? null : (
              <PlacePhotos werenode={werenode} party={party} place={edited} onChanged={own.reload} />
            )
          }
          onClose={() => setEdited(undefined)}
          onSave={async (id, body) => {
            await werenode.operator(party).putLocation(id, body as never)
            await own.reload()
          }}
        />
      )}
      {importing ? (
        <ImportPlaces werenode={werenode} party={party} onImported={own.reload} onClose={() => setImporting(false)} />
      ) : null}
      {onChain ? (
        <RegisterOnChain choice={choice} party={party} place={onChain} onClose={() => setOnChain(undefined)} />
      ) : null}
      {retired === undefined ? null : (
        <Ask
          question={t('desk.retireAsk', { name: retired.name })}
          action={t('desk.retire')}
          onClose={() => setRetired(undefined)}
          onDo={async () => {
            await werenode.api.removeLocation({ params: { party, locationId: retired.id } })
            await own.reload()
          }}
        />
      )}
    </>
  )
}

interface EvseDraft {
  readonly key: string
  readonly evseId: string
  readonly stationId: string
  readonly stationEvse: number
  readonly standard: ConnectorStandard
  readonly powerKw: number
  readonly tariffId: string
  /** As it is now: what the form does not show stays. */
  readonly kept?: Evse
}

const standards: readonly ConnectorStandard[] = [
  'IEC_62196_T2',
  'IEC_62196_T2_COMBO',
  'CHADEMO',
  'DOMESTIC_E',
  'DOMESTIC_F',
  'NACS',
]
const isDirect = (standard: ConnectorStandard): boolean => ['IEC_62196_T2_COMBO', 'CHADEMO', 'NACS'].includes(standard)

const draftsOf = (place: Location | undefined): readonly EvseDraft[] =>
  (place ? presentEvses(place) : []).map((evse) => ({
    key: evse.uid,
    evseId: evse.evseId,
    stationId: evse.station?.stationId ?? '',
    stationEvse: evse.station?.evse ?? 1,
    standard: evse.connectors[0]?.standard ?? 'IEC_62196_T2',
    powerKw: (evse.connectors[0]?.maxPowerW ?? 22_000) / 1000,
    tariffId: evse.connectors[0]?.tariffIds[0] ?? '',
    kept: evse,
  }))

const evseOfDraft = (draft: EvseDraft): unknown => {
  const before = draft.kept === undefined ? undefined : evseBody(draft.kept)
  const [first, ...others] = before?.connectors ?? []
  return {
    evseId: draft.evseId.trim(),
    payable: before?.payable ?? true,
    ...(draft.stationId.trim() === ''
      ? {}
      : { station: { stationId: draft.stationId.trim(), evse: draft.stationEvse } }),
    connectors: [
      {
        ...first,
        id: first?.id ?? 1,
        standard: draft.standard,
        format: isDirect(draft.standard) ? 'CABLE' : (first?.format ?? 'SOCKET'),
        powerType: isDirect(draft.standard) ? 'DC' : draft.powerKw > 7.4 ? 'AC_3_PHASE' : 'AC_1_PHASE',
        maxPowerW: Math.round(draft.powerKw * 1000),
        tariffIds: draft.tariffId === '' ? [] : [draft.tariffId],
      },
      ...others,
    ],
  }
}

const PlaceForm = ({
  place,
  party,
  tariffIds,
  photos,
  onSave,
  onClose,
}: {
  place: Location | undefined
  party: Party
  tariffIds: readonly string[]
  photos: ReactNode
  onSave: (id: string, body: unknown) => Promise<void>
  onClose: () => void
}) => {
  const { t } = useWords()
  const [drafts, setDrafts] = useState(() => draftsOf(place))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const change = (key: string, values: Partial<EvseDraft>): void =>
    setDrafts(drafts.map((draft) => (draft.key === key ? { ...draft, ...values } : draft)))
  const add = (): void =>
    setDrafts([
      ...drafts,
      {
        key: crypto.randomUUID(),
        evseId: `${party}*E`,
        stationId: drafts.at(-1)?.stationId ?? '',
        stationEvse: drafts.length + 1,
        standard: 'IEC_62196_T2',
        powerKw: 22,
        tariffId: tariffIds[0] ?? '',
      },
    ])

  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string): string => String(form.get(name) ?? '').trim()
    setBusy(true)
    setError(undefined)
    try {
      const described = {
        name: text('name'),
        operatorName: text('operatorName'),
        address: text('address'),
        city: text('city'),
        postalCode: text('postalCode'),
        position: { lon: Number(text('lon')), lat: Number(text('lat')) },
        openingHours: text('openingHours'),
      }
      await onSave(place?.id ?? text('id'), {
        ...(place ? placeBody(place, []) : {}),
        ...Object.fromEntries(Object.entries(described).filter(([, value]) => value !== '')),
        countryCode: party.slice(0, 2),
        timeZone: place?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
        evses: drafts.map(evseOfDraft),
      })
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const field = (name: string, label: string, value: string | number | undefined, more: object = {}) => (
    <label>
      {label}
      <input name={name} defaultValue={value ?? ''} {...more} />
    </label>
  )
  return (
    <Dialog title={place ? t('desk.editPlace') : t('desk.newPlace')} onClose={onClose}>
      <form onSubmit={(event) => void save(event)}>
        <div className="wn-form">
          {place
            ? null
            : field('id', t('desk.id'), '', { required: true, pattern: '[A-Za-z0-9][A-Za-z0-9._\\-]{0,59}' })}
          {field('name', t('desk.name'), place?.name, { required: true, maxLength: 100 })}
          {field('operatorName', t('filter.operator'), place?.operatorName, { required: true, maxLength: 100 })}
          {field('address', t('desk.address'), place?.address, { required: true, maxLength: 200 })}
          {field('postalCode', t('desk.postalCode'), place?.postalCode, { maxLength: 12 })}
          {field('city', t('desk.city'), place?.city, { required: true, maxLength: 80 })}
          {field('lat', t('desk.lat'), place?.position.lat, {
            required: true,
            type: 'number',
            step: 'any',
            min: -90,
            max: 90,
          })}
          {field('lon', t('desk.lon'), place?.position.lon, {
            required: true,
            type: 'number',
            step: 'any',
            min: -180,
            max: 180,
          })}
          {field('openingHours', t('desk.hours'), place?.openingHours ?? '24/7', { maxLength: 500 })}
        </div>
        <h3>{t('desk.plugs')}</h3>
        {drafts.map((draft) => (
          <fieldset key={draft.key} className="wn-plug">
            <legend>{draft.evseId}</legend>
            <div className="wn-form">
              <label>
                {t('desk.evseId')}
                <input
                  required
                  value={draft.evseId}
                  onChange={({ target }) => change(draft.key, { evseId: target.value })}
                />
              </label>
              <label>
                {t('desk.stationId')}
                <input
                  value={draft.stationId}
                  onChange={({ target }) => change(draft.key, { stationId: target.value })}
                />
              </label>
              <label>
                {t('desk.stationEvse')}
                <input
                  type="number"
                  min={1}
                  value={draft.stationEvse}
                  onChange={({ target }) => change(draft.key, { stationEvse: Math.max(1, target.valueAsNumber || 1) })}
                />
              </label>
              <label>
                {t('desk.connector')}
                <select
                  value={draft.standard}
                  onChange={({ target }) => change(draft.key, { standard: target.value as ConnectorStandard })}
                >
                  {standards.map((standard) => (
                    <option key={standard} value={standard}>
                      {connectorLook(t as never, standard).words}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                {t('desk.maxPower')}
                <input
                  type="number"
                  min={0.5}
                  step="any"
                  value={draft.powerKw}
                  onChange={({ target }) => change(draft.key, { powerKw: target.valueAsNumber || 0 })}
                />
              </label>
              <label>
                {t('desk.tariff')}
                <select value={draft.tariffId} onChange={({ target }) => change(draft.key, { tariffId: target.value })}>
                  <option value="">–</option>
                  {tariffIds.map((id) => (
                    <option key={id}>{id}</option>
                  ))}
                </select>
              </label>
            </div>
            <button
              type="button"
              className="wn-button wn-button--small"
              onClick={() => setDrafts(drafts.filter(({ key }) => key !== draft.key))}
            >
              <Icon name="trash" size={16} /> {t('desk.removeEvse')}
            </button>
          </fieldset>
        ))}
        <p>
          <button type="button" className="wn-button wn-button--small" onClick={add}>
            <Icon name="plus" size={16} /> {t('desk.addEvse')}
          </button>
        </p>
        <SaveOrCancel busy={busy} error={error} onCancel={onClose} />
      </form>
      {photos}
    </Dialog>
  )
}
