import type { Party } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { useMemo, useState } from 'react'
import { Trouble } from '../look/Trouble'
import { useWords } from '../words/useWords'
import { type Column, DataTable } from './DataTable'
import { Dialog } from './Dialog'

type Report = Schemas['ImportReport']
type Row = Report['rows'][number]

/** Places from a CSV file: each row is told what became of it. Checked first, written when asked. */
export const ImportPlaces = ({
  werenode,
  party,
  onImported,
  onClose,
}: {
  werenode: Werenode
  party: Party
  onImported: () => Promise<void>
  onClose: () => void
}) => {
  const { t } = useWords()
  const [csv, setCsv] = useState<string>()
  const [report, setReport] = useState<Report & { readonly dry: boolean }>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const run = async (dry: boolean): Promise<void> => {
    if (csv === undefined) return
    setBusy(true)
    setError(undefined)
    try {
      const told = await werenode.api.importLocations({
        params: { party },
        query: { dryRun: dry ? 'true' : 'false' },
        body: new TextEncoder().encode(csv),
      })
      setReport({ ...told, dry })
      if (!dry) await onImported()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      { title: t('import.line'), number: true, value: ({ line }) => line },
      { title: t('desk.evseId'), value: ({ id }) => id, show: ({ id }) => <code>{id}</code> },
      { title: t('import.fate'), value: ({ fate }) => t(`import.${fate}`) },
      { title: t('import.words'), value: ({ words }) => words.join('; ') },
    ],
    [t],
  )
  return (
    <Dialog title={t('import.title')} onClose={onClose}>
      <p>{t('import.lead')}</p>
      <label className="wn-labelled">
        {t('import.file')}
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={({ target }) => {
            setReport(undefined)
            void target.files?.[0]?.text().then(setCsv, setError)
          }}
        />
      </label>
      <div className="wn-actions">
        <button type="button" className="wn-button" disabled={busy || csv === undefined} onClick={() => void run(true)}>
          {t('import.try')}
        </button>
        <button
          type="button"
          className="wn-button wn-button--solid"
          disabled={busy || csv === undefined}
          onClick={() => void run(false)}
        >
          {busy ? t('progress.saving') : t('import.do')}
        </button>
        <button type="button" className="wn-button" onClick={onClose}>
          {t('action.close')}
        </button>
      </div>
      {error === undefined ? null : <Trouble error={error} />}
      {report === undefined ? null : (
        <>
          <p className="wn-note" role="status" data-import={report.created + report.changed}>
            {t('import.sum', {
              created: String(report.created),
              changed: String(report.changed),
              unchanged: String(report.unchanged),
            })}{' '}
            {report.dry ? t('import.dry') : null}
          </p>
          <DataTable
            label={t('import.title')}
            columns={columns}
            rows={report.rows}
            keyOf={({ line }) => String(line)}
            fileName="import.csv"
          />
        </>
      )}
    </Dialog>
  )
}
