import type { Party } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { type FormEvent, useCallback, useEffect, useMemo, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Told } from '../../look/Told'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { type Column, DataTable } from '../DataTable'
import { TextField } from '../Field'

type Setting = Schemas['StationSetting']

/** How a station is set, as it last told, and changing it. */
export const Settings = ({ werenode, party, stationId }: { werenode: Werenode; party: Party; stationId: string }) => {
  const { t, format } = useWords()
  const [settings, setSettings] = useState<readonly Setting[]>()
  const [key, setKey] = useState('')
  const [value, setValue] = useState('')
  const [told, setTold] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const params = useMemo(() => ({ party, stationId }), [party, stationId])
  const during = useCallback(async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await work()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }, [])
  useEffect(() => {
    void during(async () => setSettings((await werenode.api.listStationSettings({ params })).items))
  }, [werenode, params, during])
  const put = (event: FormEvent): void => {
    event.preventDefault()
    void during(async () => {
      const { status } = await werenode.api.putStationSetting({ params, body: { key: key.trim(), value } })
      setTold(t('stations.answered', { status }))
      setSettings((await werenode.api.listStationSettings({ params })).items)
    })
  }
  const columns = useMemo(
    (): readonly Column<Setting>[] => [
      { title: t('stations.key'), value: (setting) => setting.key, show: (setting) => <code>{setting.key}</code> },
      { title: t('stations.value'), value: (setting) => setting.value ?? '' },
      { title: t('desk.since'), value: ({ at }) => at, show: ({ at }) => format.dateTime(at) },
    ],
    [t, format],
  )
  return (
    <>
      <div className="wn-actions">
        <button
          type="button"
          className="wn-button wn-button--small"
          disabled={busy}
          onClick={() =>
            void during(async () => setSettings((await werenode.api.readStationSettings({ params })).items))
          }
        >
          <Icon name="refresh" size={16} /> {busy ? t('progress.loading') : t('stations.readSettings')}
        </button>
      </div>
      <Told words={told} />
      {error === undefined ? null : <Trouble error={error} />}
      <form onSubmit={put}>
        <div className="wn-form">
          <TextField label={t('stations.key')} value={key} onText={setKey} required maxLength={200} />
          <TextField label={t('stations.value')} value={value} onText={setValue} maxLength={2_500} />
        </div>
        <p>
          <button type="submit" className="wn-button wn-button--small" disabled={busy}>
            {t('stations.putSetting')}
          </button>
        </p>
      </form>
      <DataTable
        label={t('stations.settings')}
        columns={columns}
        rows={settings ?? []}
        keyOf={(setting) => setting.key}
        fileName={`${stationId}-settings.csv`}
        {...(settings ? {} : { empty: t('progress.loading') })}
        actions={(setting) =>
          setting.readonly ? null : (
            <button
              type="button"
              className="wn-button wn-button--small"
              onClick={() => {
                setKey(setting.key)
                setValue(setting.value ?? '')
              }}
            >
              <Icon name="edit" size={16} /> {t('action.edit')}
            </button>
          )
        }
      />
    </>
  )
}
