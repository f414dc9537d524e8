import type { Party } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { type FormEvent, useEffect, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { CopyText } from '../CopyText'
import { Dialog } from '../Dialog'
import { ChoiceField, TextField } from '../Field'
import { versionWords } from './StationsTab'

type Setup = Schemas['StationSetup']
const lookEveryMs = 2_000

/** Lets a charging station in; then its exact address and credentials, and the light of its first contact. */
export const AddStation = ({ werenode, party, onClose }: { werenode: Werenode; party: Party; onClose: () => void }) => {
  const { t } = useWords()
  const [stationId, setStationId] = useState('')
  const [label, setLabel] = useState('')
  const [profile, setProfile] = useState('1')
  const [setup, setSetup] = useState<Setup>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      setSetup(
        await werenode.api.registerStation({
          params: { party },
          body: {
            stationId: stationId.trim(),
            securityProfile: Number(profile) as 0 | 1 | 2 | 3,
            ...(label.trim() === '' ? {} : { label: label.trim() }),
          },
        }),
      )
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  if (setup)
    return (
      <Dialog key="setup" title={t('stations.setup')} onClose={onClose}>
        <FirstContact werenode={werenode} party={party} stationId={setup.station.stationId} />
        <p>{t('stations.setupLead')}</p>
        <dl className="wn-facts wn-setup">
          {(
            [
              [t('stations.url'), setup.url],
              [t('stations.user'), setup.user],
              [t('stations.password'), setup.password],
            ] as const
          ).map(([name, value]) =>
            value === undefined ? null : (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <CopyText text={value} label={name} />
                </dd>
              </div>
            ),
          )}
        </dl>
        {setup.warnings.map((warning) => (
          <p key={warning} className="wn-note wn-note--warn">
            <Icon name="warning" size={18} /> <span>{warning}</span>
          </p>
        ))}
        <div className="wn-actions">
          <button type="button" className="wn-button wn-button--solid" onClick={onClose}>
            {t('progress.done')}
          </button>
        </div>
      </Dialog>
    )
  return (
    <Dialog key="form" title={t('stations.add')} onClose={onClose}>
      <form onSubmit={(event) => void save(event)}>
        <div className="wn-form">
          <TextField
            label={t('stations.id')}
            hint={t('stations.idHint')}
            value={stationId}
            onText={setStationId}
            required
            maxLength={48}
          />
          <TextField
            label={t('desk.name')}
            hint={t('plugs.optional')}
            value={label}
            onText={setLabel}
            maxLength={100}
          />
          <ChoiceField
            label={t('stations.profile')}
            value={profile}
            choices={(['0', '1', '2', '3'] as const).map((one) => [one, t(`stations.profile.${one}`)])}
            onChoice={setProfile}
          />
        </div>
        {error === undefined ? null : <Trouble error={error} />}
        <div className="wn-actions">
          <button type="submit" className="wn-button wn-button--solid" disabled={busy}>
            {busy ? t('progress.saving') : t('plugs.connect')}
          </button>
          <button type="button" className="wn-button" onClick={onClose}>
            {t('action.cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

const FirstContact = ({ werenode, party, stationId }: { werenode: Werenode; party: Party; stationId: string }) => {
  const { t } = useWords()
  const [version, setVersion] = useState<string>()
  useEffect(() => {
    if (version !== undefined) return
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (): Promise<void> => {
      // The node may be away for a moment; the light waits on.
      const station = await werenode.api.getStation({ params: { party, stationId } }).catch(() => undefined)
      if (over) return
      if (station?.connected && station.link) setVersion(station.link.version)
      else timer = setTimeout(() => void look(), lookEveryMs)
    }
    void look()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [werenode, party, stationId, version])
  return (
    <div className="wn-first" data-light={version === undefined ? 'waiting' : 'green'}>
      <p role="status">
        <span className="wn-first__lamp" aria-hidden="true" />
        <strong>
          {version === undefined
            ? t('stations.light.waiting')
            : t('stations.light.green', { version: versionWords(version) })}
        </strong>
      </p>
    </div>
  )
}
