import type { Party } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { useEffect, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { TextField } from '../Field'
import { saveFile } from '../save-file'

const pauseMs = 300

/** What a station and this node said to each other, newest first; to be searched, and to be saved. */
export const MessageLog = ({ werenode, party, stationId }: { werenode: Werenode; party: Party; stationId: string }) => {
  const { t, format } = useWords()
  const [words, setWords] = useState('')
  const [frames, setFrames] = useState<readonly Schemas['StationFrame'][]>()
  const [asked, setAsked] = useState(0)
  const [error, setError] = useState<unknown>()
  const containing = words.trim() === '' ? {} : { containing: words.trim() }
  useEffect(() => {
    let over = false
    const read = async (): Promise<void> => {
      try {
        const { items } = await werenode.api.listStationMessages({
          params: { party, stationId },
          query: { limit: '100', ...(words.trim() === '' ? {} : { containing: words.trim() }) },
        })
        if (!over) setFrames(items)
      } catch (problem) {
        if (!over) setError(problem)
      }
    }
    const timer = setTimeout(() => void read(), pauseMs)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [werenode, party, stationId, words, asked])
  const save = async (): Promise<void> => {
    try {
      const text = await werenode.api.exportStationMessages({ params: { party, stationId }, query: containing })
      saveFile(text, `${stationId}.ndjson`, 'application/x-ndjson')
    } catch (problem) {
      setError(problem)
    }
  }
  return (
    <>
      <div className="wn-form">
        <TextField label={t('stations.containing')} value={words} onText={setWords} type="search" />
      </div>
      <div className="wn-actions">
        <button type="button" className="wn-button wn-button--small" onClick={() => setAsked(asked + 1)}>
          <Icon name="refresh" size={16} /> {t('action.refresh')}
        </button>
        <button type="button" className="wn-button wn-button--small" onClick={() => void save()}>
          <Icon name="download" size={16} /> {t('stations.saveLog')}
        </button>
      </div>
      {error === undefined ? null : <Trouble error={error} />}
      {frames?.length === 0 ? <p className="wn-empty">{t('stations.noMessage')}</p> : null}
      {frames === undefined || frames.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
        <ol className="wn-log" tabIndex={0} aria-label={t('stations.messages')}>
          {frames.map(({ at, direction, text }, index) => (
            <li key={`${at}${index}`}>
              <span>
                {format.dateTime(at)} · {t(`stations.${direction}`)}
              </span>
              <code>{text}</code>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
