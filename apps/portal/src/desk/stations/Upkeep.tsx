import type { Party } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { type FormEvent, useEffect, useState } from 'react'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { TextField } from '../Field'
import { saveFile } from '../save-file'

type Campaign = Schemas['FirmwareCampaign']
const lookEveryMs = 5_000

/** New firmware for a station, and the log it keeps itself. */
export const Upkeep = ({ werenode, party, stationId }: { werenode: Werenode; party: Party; stationId: string }) => {
  const { t } = useWords()
  const [url, setUrl] = useState('')
  const [campaign, setCampaign] = useState<Campaign>()
  const [log, setLog] = useState<{ readonly fileId: string; readonly status: string }>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const during = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await work()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const campaignId = campaign?.campaignId
  const running = campaign !== undefined && campaign.progress.waiting + campaign.progress.running > 0
  useEffect(() => {
    if (campaignId === undefined || !running) return
    const timer = setInterval(() => {
      werenode.api.getFirmwareCampaign({ params: { party, campaignId } }).then(setCampaign, setError)
    }, lookEveryMs)
    return () => clearInterval(timer)
  }, [werenode, party, campaignId, running])
  const begin = (event: FormEvent): void => {
    event.preventDefault()
    void during(async () => {
      const id = `${stationId}-${new Date()
        .toISOString()
        .slice(0, 19)
        .replaceAll(/[^0-9]/g, '')}`
      setCampaign(
        await werenode.api.beginFirmwareCampaign({
          params: { party },
          body: { campaignId: id, url: url.trim(), stationIds: [stationId] },
        }),
      )
    })
  }
  const askLog = (): Promise<void> =>
    during(async () =>
      setLog(await werenode.api.askStationLog({ params: { party, stationId }, body: { kind: 'diagnostics' } })),
    )
  const takeLog = (fileId: string): Promise<void> =>
    during(async () => {
      const file = await werenode.api.getStationLog({ params: { party, fileId } })
      saveFile(new Uint8Array(file), fileId, 'application/octet-stream')
    })
  return (
    <>
      {error === undefined ? null : <Trouble error={error} />}
      <h3>{t('station.action.firmware')}</h3>
      <form onSubmit={begin}>
        <div className="wn-form">
          <TextField
            wide
            label={t('stations.firmwareUrl')}
            value={url}
            onText={setUrl}
            required
            type="url"
            placeholder="https://"
          />
        </div>
        <p>
          <button type="submit" className="wn-button wn-button--small" disabled={busy}>
            {t('stations.firmwareBegin')}
          </button>
        </p>
      </form>
      {campaign === undefined ? null : (
        <p className="wn-note" role="status">
          {t('stations.firmwareState', {
            done: String(campaign.progress.done),
            running: String(campaign.progress.waiting + campaign.progress.running),
            failed: String(campaign.progress.failed),
          })}
          {campaign.steps[0]?.why === undefined ? null : ` ${campaign.steps[0].why}`}
        </p>
      )}
      <h3>{t('station.action.logs')}</h3>
      <div className="wn-actions">
        <button type="button" className="wn-button wn-button--small" disabled={busy} onClick={() => void askLog()}>
          {t('stations.askLog')}
        </button>
        {log === undefined ? null : (
          <button
            type="button"
            className="wn-button wn-button--small"
            disabled={busy}
            onClick={() => void takeLog(log.fileId)}
          >
            {t('stations.getLog')}
          </button>
        )}
      </div>
      {log === undefined ? null : (
        <p className="wn-note" role="status">
          {t('stations.logAsked', { status: log.status })}
        </p>
      )}
    </>
  )
}
