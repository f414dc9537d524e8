import { type FormEvent, useState } from 'react'
import { useWords } from '../../words/useWords'
import { Dialog } from '../Dialog'
import { TextField } from '../Field'
import { SaveOrCancel } from '../SaveOrCancel'
import type { ServiceDesk, Terminal } from './PartnerServices'

/** Puts a terminal at places of ours; without one, asks its provider for the one with a mark. */
export const TerminalForm = ({
  desk,
  terminal,
  onClose,
  onSaved,
}: {
  desk: ServiceDesk
  terminal: Terminal | undefined
  onClose: () => void
  onSaved: () => void
}) => {
  const { t } = useWords()
  const [mark, setMark] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>(terminal?.locationIds ?? [])
  const [lacking, setLacking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setLacking(chosen.length === 0)
    if (chosen.length === 0) return
    setBusy(true)
    setError(undefined)
    try {
      // Single plugs that it serves already stay as they are: this form is of whole places.
      const at = { locationIds: chosen, evseUids: terminal?.evseUids ?? [] }
      if (terminal === undefined) await desk.roaming.activateTerminal(desk.partnerId, { reference: mark.trim(), ...at })
      else await desk.roaming.assignTerminal(desk.partnerId, terminal.id, at)
      await desk.reload()
      onSaved()
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const title = terminal === undefined ? t('terminals.ask') : `${t('terminals.assign')}: ${terminal.id}`
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => void save(event)}>
        {terminal === undefined ? (
          <div className="wn-form">
            <TextField
              label={t('terminals.mark')}
              hint={t('terminals.askHint')}
              value={mark}
              onText={setMark}
              required
              maxLength={36}
              pattern="[!-~]+"
            />
          </div>
        ) : null}
        <fieldset className="wn-rights">
          <legend>{t('terminals.places')}</legend>
          {desk.places.map(({ id, name }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={({ target }) =>
                  setChosen((before) => (target.checked ? [...before, id] : before.filter((one) => one !== id)))
                }
              />
              {name}
            </label>
          ))}
        </fieldset>
        {lacking ? (
          <p className="wn-form__error" role="alert">
            {t('terminals.needPlace')}
          </p>
        ) : null}
        <SaveOrCancel busy={busy} error={error} onCancel={onClose} />
      </form>
    </Dialog>
  )
}
