import { isWerenodeError, type OwnPlugFamily, type Party, type PlugFamilyView } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import { type FormEvent, useEffect, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Trouble } from '../../look/Trouble'
import { portalCatalogue } from '../../words/portal'
import { useWords } from '../../words/useWords'
import { Dialog } from '../Dialog'
import { ChoiceField, TextField } from '../Field'
import { evseBody, placeBody, presentEvses } from '../place-body'
import type { OwnPlaces } from '../useOwnPlaces'
import { type AddedPlug, ReadyPlug } from './ReadyPlug'
import { VariableField } from './VariableField'
import { groupsOf } from './variable-groups'

/** Lets a plug in: what it is, where it stands; then how to set it up, its sticker, and the light of its first reading. */
export const AddPlug = ({
  werenode,
  party,
  own,
  tariffIds,
  onClose,
}: {
  werenode: Werenode
  party: Party
  own: OwnPlaces
  tariffIds: readonly string[]
  onClose: () => void
}) => {
  const { t } = useWords()
  const families = useFamilies(werenode, party)
  const [added, setAdded] = useState<AddedPlug>()
  return (
    <Dialog key={added ? 'setup' : 'form'} title={added ? t('plugs.setup') : t('plugs.add')} onClose={onClose}>
      {families.error === undefined ? null : <Trouble error={families.error} />}
      {added ? (
        <ReadyPlug werenode={werenode} party={party} added={added} onClose={onClose} />
      ) : families.list === undefined ? (
        <p>{t('progress.loading')}</p>
      ) : (
        <PlugForm
          werenode={werenode}
          party={party}
          families={families.list}
          own={own}
          tariffIds={tariffIds}
          onAdded={setAdded}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

/** Families of the node and those of the party, as one list. */
const useFamilies = (werenode: Werenode, party: Party) => {
  const [list, setList] = useState<readonly PlugFamilyView[]>()
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    const load = async (): Promise<void> => {
      const [shared, own] = await Promise.all([
        werenode.operator(party).plugFamilies(),
        werenode.api.listOwnPlugFamilies({ params: { party } }),
      ])
      setList([...(own.items as readonly OwnPlugFamily[]).map(familyOfOwn), ...shared.items])
    }
    load().catch(setError)
  }, [werenode, party])
  return { list, error }
}

const familyOfOwn = ({ family, title, profile }: OwnPlugFamily): PlugFamilyView => {
  const variables = (profile.variables ?? {}) as Readonly<
    Record<string, { label: string; example?: string; default?: string; optional?: boolean; oneOf?: readonly string[] }>
  >
  return {
    family,
    title,
    kind: 'plug',
    documentation: [],
    notes: [],
    deadMan: 'settings',
    variables: Object.entries(variables).map(([name, { optional = false, ...variable }]) => ({
      name,
      ...variable,
      optional: optional || variable.default !== undefined,
    })),
  }
}

const PlugForm = ({
  werenode,
  party,
  families,
  own,
  tariffIds,
  onAdded,
  onClose,
}: {
  werenode: Werenode
  party: Party
  families: readonly PlugFamilyView[]
  own: OwnPlaces
  tariffIds: readonly string[]
  onAdded: (added: AddedPlug) => void
  onClose: () => void
}) => {
  const { t } = useWords()
  const [familyName, setFamilyName] = useState(families[0]?.family ?? '')
  const [plugId, setPlugId] = useState('')
  const [label, setLabel] = useState('')
  const [ratedPowerW, setRatedPower] = useState('2300')
  const [channel, setChannel] = useState('')
  const [variables, setVariables] = useState<Readonly<Record<string, string>>>({})
  const [placeId, setPlaceId] = useState('')
  const [evseId, setEvseId] = useState(`${party}*E`)
  const [tariffId, setTariffId] = useState(tariffIds[0] ?? '')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const family = families.find((one) => one.family === familyName)
  const wrong = isWerenodeError(error) ? (error.data.variable as string | undefined) : undefined

  const putOnMap = async (): Promise<void> => {
    const place = own.places.find(({ id }) => id === placeId)
    if (!place) return
    const evse = {
      evseId: evseId.trim() as never,
      payable: true,
      station: { stationId: plugId.trim(), evse: 1 },
      connectors: [
        {
          id: 1,
          standard: 'DOMESTIC_E' as const,
          format: 'SOCKET' as const,
          powerType: 'AC_1_PHASE' as const,
          maxPowerW: Number(ratedPowerW),
          tariffIds: tariffId === '' ? [] : [tariffId],
          meterCertified: false,
        },
      ],
    }
    const others = presentEvses(place).filter((one) => one.evseId !== evse.evseId)
    await werenode.operator(party).putLocation(place.id, placeBody(place, [...others.map(evseBody), evse]))
    await own.reload()
  }

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    const since = new Date(Date.now() - 1_000).toISOString()
    try {
      const setup = await werenode.operator(party).addPlug({
        plugId: plugId.trim(),
        family: familyName,
        variables: Object.fromEntries(
          Object.entries(variables).filter(
            ([name, value]) => value !== '' && family?.variables.some((one) => one.name === name),
          ),
        ),
        ratedPowerW: Math.round(Number(ratedPowerW)),
        ...(label.trim() === '' ? {} : { label: label.trim() }),
        ...(channel.trim() === '' ? {} : { channel: Number(channel) }),
      })
      await putOnMap()
      onAdded({ setup, since, ...(placeId === '' ? {} : { evseId: evseId.trim() }) })
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const labelOf = (name: string, label: string): string => {
    const key = `plugs.var.${name}`
    return familyName === 'generic' && isPortalKey(key) ? t(key) : label
  }
  return (
    <form onSubmit={(event) => void save(event)}>
      <div className="wn-form">
        <ChoiceField
          wide
          label={t('plugs.family')}
          value={familyName}
          choices={families.map((one) => [one.family, one.family === 'generic' ? t('plugs.generic') : one.title])}
          onChoice={(name) => {
            setFamilyName(name)
            setError(undefined)
          }}
        />
        <TextField
          label={t('plugs.id')}
          hint={t('plugs.idHint')}
          value={plugId}
          onText={setPlugId}
          required
          pattern="[A-Za-z0-9_\-]{1,48}"
        />
        <TextField
          label={t('plugs.label')}
          hint={t('plugs.optional')}
          value={label}
          onText={setLabel}
          maxLength={100}
        />
        <TextField
          label={t('plugs.rated')}
          hint={t('plugs.ratedHint')}
          value={ratedPowerW}
          onText={setRatedPower}
          required
          type="number"
          min={100}
          max={44_000}
        />
        <TextField
          label={t('plugs.channel')}
          hint={t('plugs.optional')}
          value={channel}
          onText={setChannel}
          type="number"
          min={1}
          max={32}
        />
      </div>
      {family
        ? groupsOf(family).map(({ group, variables: asked }) => (
            <fieldset key={group ?? 'device'} className="wn-plug">
              <legend>{group === undefined ? t('plugs.device') : t(`plugs.group.${group}`)}</legend>
              <div className="wn-form">
                {asked.map((variable) => (
                  <VariableField
                    key={variable.name}
                    label={labelOf(variable.name, variable.label)}
                    variable={variable}
                    value={variables[variable.name] ?? ''}
                    error={wrong === variable.name ? (error as Error).message : undefined}
                    onText={(text) => setVariables({ ...variables, [variable.name]: text })}
                  />
                ))}
              </div>
            </fieldset>
          ))
        : null}
      {family?.notes.map((note) => (
        <p key={note} className="wn-note">
          <Icon name="info" size={16} /> <span>{note}</span>
        </p>
      ))}
      <fieldset className="wn-plug">
        <legend>{t('plugs.onMap')}</legend>
        <div className="wn-form">
          <ChoiceField
            label={t('plugs.atPlace')}
            value={placeId}
            choices={[['', t('plugs.noPlace')], ...own.places.map(({ id, name }) => [id, name] as const)]}
            onChoice={setPlaceId}
          />
          {placeId === '' ? null : (
            <>
              <TextField label={t('desk.evseId')} value={evseId} onText={setEvseId} required />
              <ChoiceField
                label={t('desk.tariff')}
                value={tariffId}
                choices={[['', '–'], ...tariffIds.map((id) => [id, id] as const)]}
                onChoice={setTariffId}
              />
            </>
          )}
        </div>
      </fieldset>
      {error === undefined ? null : <Trouble error={error} />}
      <div className="wn-actions">
        <button type="submit" className="wn-button wn-button--solid" disabled={busy || !family}>
          {busy ? t('progress.saving') : t('plugs.connect')}
        </button>
        <button type="button" className="wn-button" onClick={onClose}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  )
}

const isPortalKey = (key: string): key is 'plugs.var.powerTopic' => key in portalCatalogue.en
