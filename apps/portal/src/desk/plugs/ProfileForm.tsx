import { isWerenodeError } from '@werenode/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { ChoiceField, TextField } from '../Field'
import {
  draftOfProfile,
  emptyProfile,
  findingsByField,
  type ProfileDraft,
  type ProfileField,
  profileOfDraft,
} from './profile-draft'

const units = { power: ['W', 'kW', 'mW'], energy: ['Wh', 'kWh', 'mWh', 'Wmin', 'Ws'] } as const

/** A device profile as a form, or as its JSON; what the schema finds stands beside the field. */
export const ProfileForm = ({
  stored,
  onSave,
  onClose,
}: {
  stored: Readonly<Record<string, unknown>> | undefined
  onSave: (profile: Record<string, unknown>) => Promise<void>
  onClose: () => void
}) => {
  const { t } = useWords()
  const [draft, setDraft] = useState<ProfileDraft | undefined>(() => (stored ? draftOfProfile(stored) : emptyProfile))
  const [json, setJson] = useState(() => JSON.stringify(stored ?? {}, null, 2))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const findings = isWerenodeError(error) ? ((error.data.findings as readonly string[] | undefined) ?? []) : []
  const { fields, rest } = draft ? findingsByField(findings, draft) : { fields: {}, rest: findings }

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      await onSave(draft ? profileOfDraft(draft) : (JSON.parse(json) as Record<string, unknown>))
      onClose()
    } catch (problem) {
      setError(problem instanceof SyntaxError ? new Error(t('profile.notJson')) : problem)
      setBusy(false)
    }
  }
  const asJson = (): void => {
    if (draft) setJson(JSON.stringify(profileOfDraft(draft), null, 2))
    setDraft(undefined)
    setError(undefined)
  }
  const text = (name: ProfileField, label: string, more: object = {}): ReactNode => (
    <TextField
      label={label}
      error={(fields as Partial<Record<ProfileField, string>>)[name]}
      value={draft?.[name] ?? ''}
      onText={(value) => setDraft({ ...emptyProfile, ...draft, [name]: value })}
      autoCapitalize="off"
      autoComplete="off"
      spellCheck={false}
      {...more}
    />
  )
  const choice = (name: ProfileField, label: string, choices: readonly (readonly [string, string])[]): ReactNode => (
    <ChoiceField
      label={label}
      error={(fields as Partial<Record<ProfileField, string>>)[name]}
      value={draft?.[name] ?? ''}
      choices={choices}
      onChoice={(value) => setDraft({ ...emptyProfile, ...draft, [name]: value })}
    />
  )
  const optional = { hint: t('plugs.optional') }
  const path = { hint: t('profile.pathHint') }
  return (
    <form onSubmit={(event) => void save(event)}>
      {draft ? (
        <>
          <div className="wn-form">
            {text('family', t('profile.family'), { required: true, hint: t('profile.familyHint'), readOnly: !!stored })}
            {text('title', t('profile.title'), { required: true })}
            {text('topicLabel', t('profile.topicLabel'), { hint: t('profile.topicHint', { topic: '{topic}' }) })}
          </div>
          <Group title={t('plugs.group.power')}>
            {text('powerTopic', t('profile.topic'))}
            {text('powerPath', t('profile.path'), path)}
            {choice(
              'powerUnit',
              t('profile.unit'),
              units.power.map((unit) => [unit, unit]),
            )}
          </Group>
          <Group title={t('plugs.group.energy')}>
            {text('energyTopic', t('profile.topic'), optional)}
            {text('energyPath', t('profile.path'), path)}
            {choice(
              'energyUnit',
              t('profile.unit'),
              units.energy.map((unit) => [unit, unit]),
            )}
            {text('wrapsAtWh', t('profile.wraps'), optional)}
            {text('resolutionWh', t('profile.resolution'))}
          </Group>
          <Group title={t('plugs.group.state')}>
            {text('onTopic', t('profile.topic'))}
            {text('onPath', t('profile.path'), path)}
            {text('onWord', t('plugs.var.onWord'))}
            {text('offWord', t('plugs.var.offWord'))}
          </Group>
          <Group title={t('plugs.group.command')}>
            {text('onCommandTopic', `${t('profile.commandOn')}: ${t('profile.topic')}`)}
            {text('onPayload', `${t('profile.commandOn')}: ${t('profile.payload')}`)}
            {text('offCommandTopic', `${t('profile.commandOff')}: ${t('profile.topic')}`)}
            {text('offPayload', `${t('profile.commandOff')}: ${t('profile.payload')}`)}
          </Group>
          <Group title={t('plugs.group.availability')}>
            {text('onlineTopic', t('plugs.var.availabilityTopic'), optional)}
            {text('onlinePath', t('profile.path'), path)}
            {text('onlineWord', t('plugs.var.availableWord'))}
            {text('offlineWord', t('plugs.var.unavailableWord'))}
          </Group>
          <Group title={t('plugs.group.refresh')}>
            {choice('deadMan', t('profile.kind'), [
              ['device', t('profile.kind.device')],
              ['settings', t('profile.kind.settings')],
              ['none', t('profile.kind.none')],
            ])}
            {text('deadManS', t('profile.seconds'))}
            {text('refreshTopic', t('plugs.var.refreshTopic'), optional)}
            {text('refreshPayload', t('profile.payload'))}
          </Group>
          <Group title={t('plugs.group.temperature')}>
            {text('temperatureTopic', t('profile.topic'), optional)}
            {text('temperaturePath', t('profile.path'), path)}
            {text('maxTemperatureC', t('profile.maxTemperature'))}
          </Group>
          <Group title={t('profile.load')}>
            {text('unpluggedW', t('profile.unplugged'))}
            {text('idleW', t('profile.idle'))}
            {text('fullAfterS', t('profile.full'))}
          </Group>
        </>
      ) : (
        <>
          {stored && draftOfProfile(stored) === undefined ? <p className="wn-note">{t('profile.onlyJson')}</p> : null}
          <label className="wn-labelled">
            JSON
            <textarea rows={22} spellCheck={false} value={json} onChange={({ target }) => setJson(target.value)} />
          </label>
        </>
      )}
      {error === undefined ? null : findings.length === 0 ? (
        <Trouble error={error} />
      ) : (
        <div className="wn-trouble" role="alert">
          <div>
            <strong>{t('profile.findings')}</strong>
            <ul>
              {(rest.length > 0 || !draft ? rest : findings).map((finding) => (
                <li key={finding}>{finding}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <div className="wn-actions">
        <button type="submit" className="wn-button wn-button--solid" disabled={busy}>
          {busy ? t('progress.saving') : t('action.save')}
        </button>
        {draft ? (
          <button type="button" className="wn-button" onClick={asJson}>
            {t('profile.asJson')}
          </button>
        ) : null}
        <button type="button" className="wn-button" onClick={onClose}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  )
}

const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <fieldset className="wn-plug">
    <legend>{title}</legend>
    <div className="wn-form">{children}</div>
  </fieldset>
)
