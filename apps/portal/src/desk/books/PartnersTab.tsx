import { isWerenodeError, type Location, type Party } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { type FormEvent, useCallback, useEffect, useMemo, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Told } from '../../look/Told'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { CopyText } from '../CopyText'
import { type Column, DataTable } from '../DataTable'
import { Ask, Dialog } from '../Dialog'
import { TextField } from '../Field'
import { hasServices, PartnerServices } from './PartnerServices'

type Partner = Schemas['RoamingPartner']
type Check = Schemas['RoamingCheck']

/** Roaming partners by OCPI: register, invite, test, pause, send again, end. */
export const PartnersTab = ({
  werenode,
  party,
  places,
}: {
  werenode: Werenode
  party: Party
  places: readonly Location[]
}) => {
  const { t } = useWords()
  const [partners, setPartners] = useState<readonly Partner[]>()
  const [form, setForm] = useState<'add' | 'invite'>()
  const [ended, setEnded] = useState<Partner>()
  const [served, setServed] = useState<Partner>()
  const [checked, setChecked] = useState<{ readonly name: string; readonly check: Check }>()
  const [told, setTold] = useState<string>()
  const [busy, setBusy] = useState<string>()
  const [error, setError] = useState<unknown>()
  const load = useCallback(async (): Promise<void> => {
    setPartners((await werenode.roaming(party).partners()).items)
  }, [werenode, party])
  useEffect(() => {
    load().catch(setError)
  }, [load])
  const during = async (partnerId: string, work: () => Promise<void>): Promise<void> => {
    setBusy(partnerId)
    setError(undefined)
    setTold(undefined)
    try {
      await work()
      await load()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(undefined)
    }
  }
  const columns = useMemo(
    (): readonly Column<Partner>[] => [
      { title: t('partner.name'), value: ({ name }) => name },
      {
        title: t('desk.state'),
        value: ({ state, paused }) => (paused ? t('partner.paused') : t(`partner.state.${state}`)),
      },
      { title: t('partner.version'), value: ({ version }) => version ?? '' },
      { title: t('partner.waiting'), number: true, value: ({ waiting }) => waiting },
      { title: t('partner.refused'), number: true, value: ({ refused }) => refused },
      { title: t('partner.trouble'), value: ({ lastTroubles }) => lastTroubles[0]?.message ?? '' },
    ],
    [t],
  )
  const roaming = werenode.roaming(party)
  if (served)
    return (
      <PartnerServices
        werenode={werenode}
        party={party}
        partner={served}
        places={places}
        onBack={() => setServed(undefined)}
      />
    )
  return (
    <>
      <p className="wn-section__lead">{t('partner.lead')}</p>
      <div className="wn-actions">
        <button type="button" className="wn-button wn-button--solid" onClick={() => setForm('add')}>
          <Icon name="plus" /> {t('partner.add')}
        </button>
        <button type="button" className="wn-button" onClick={() => setForm('invite')}>
          <Icon name="share" /> {t('partner.invite')}
        </button>
      </div>
      <Told words={told} />
      {error === undefined ? null : <Trouble error={error} />}
      <DataTable
        label={t('books.partners')}
        columns={columns}
        rows={partners ?? []}
        keyOf={({ id }) => id}
        fileName="partners.csv"
        empty={partners ? t('partner.none') : t('progress.loading')}
        actions={(partner) => (
          <div className="wn-actions">
            {(
              [
                [
                  t('partner.test'),
                  async () => setChecked({ name: partner.name, check: await roaming.test(partner.id) }),
                ],
                [
                  t('partner.resend'),
                  async () => setTold(t('partner.sentAgain', { count: (await roaming.resend(partner.id)).count })),
                ],
                [
                  partner.paused ? t('partner.resume') : t('partner.pause'),
                  async () => void (await roaming.pause(partner.id, !partner.paused)),
                ],
              ] as const
            ).map(([words, work]) => (
              <button
                key={words}
                type="button"
                className="wn-button wn-button--small"
                disabled={busy === partner.id}
                onClick={() => void during(partner.id, work)}
              >
                {words}
              </button>
            ))}
            {hasServices(partner) ? (
              <button type="button" className="wn-button wn-button--small" onClick={() => setServed(partner)}>
                {t('services.open')}
              </button>
            ) : null}
            <button type="button" className="wn-button wn-button--small" onClick={() => setEnded(partner)}>
              <Icon name="trash" size={16} /> {t('action.remove')}
            </button>
          </div>
        )}
      />
      {checked ? (
        <Dialog title={`${t('partner.test')}: ${checked.name}`} onClose={() => setChecked(undefined)}>
          {checked.check.ok ? <p>{t('partner.ok')}</p> : null}
          <ul>
            {checked.check.steps.map(({ what, ok, words }) => (
              <li key={what}>
                <Icon name={ok ? 'check' : 'warning'} size={16} /> <strong>{what}</strong> {words}
              </li>
            ))}
          </ul>
          <button type="button" className="wn-button" onClick={() => setChecked(undefined)}>
            {t('action.close')}
          </button>
        </Dialog>
      ) : null}
      {form === undefined ? null : (
        <PartnerForm
          what={form}
          werenode={werenode}
          party={party}
          onClose={() => {
            setForm(undefined)
            load().catch(setError)
          }}
        />
      )}
      {ended === undefined ? null : (
        <Ask
          question={t('partner.removeAsk', { name: ended.name })}
          action={t('action.remove')}
          onClose={() => setEnded(undefined)}
          onDo={async () => {
            await roaming.remove(ended.id)
            await load()
          }}
        />
      )}
    </>
  )
}

const PartnerForm = ({
  what,
  werenode,
  party,
  onClose,
}: {
  what: 'add' | 'invite'
  werenode: Werenode
  party: Party
  onClose: () => void
}) => {
  const { t } = useWords()
  const [name, setName] = useState('')
  const [url, setUrl] = useState('')
  const [token, setToken] = useState('')
  const [invitation, setInvitation] = useState<{ readonly url: string; readonly token: string }>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      if (what === 'invite') setInvitation(await werenode.roaming(party).invite(name.trim()))
      else {
        await werenode
          .roaming(party)
          .add({ url: url.trim(), token: token.trim(), ...(name.trim() === '' ? {} : { name: name.trim() }) })
        onClose()
      }
    } catch (problem) {
      // What the partner said tells more than what is usually done about a conflict.
      setError(isWerenodeError(problem) && problem.code === 'conflict' ? new Error(problem.message) : problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={t(`partner.${what}`)} onClose={onClose}>
      {invitation ? (
        <>
          <p>{t('partner.sendThis')}</p>
          <CopyText text={invitation.url} label={t('partner.url')} />
          <CopyText text={invitation.token} label={t('partner.token')} />
          <div className="wn-actions">
            <button type="button" className="wn-button wn-button--solid" onClick={onClose}>
              {t('progress.done')}
            </button>
          </div>
        </>
      ) : (
        <form onSubmit={(event) => void save(event)}>
          <div className="wn-form">
            <TextField
              label={t('partner.name')}
              value={name}
              onText={setName}
              required={what === 'invite'}
              maxLength={100}
            />
            {what === 'add' ? (
              <>
                <TextField label={t('partner.url')} value={url} onText={setUrl} required type="url" />
                <TextField
                  label={t('partner.token')}
                  value={token}
                  onText={setToken}
                  required
                  autoComplete="off"
                  type="password"
                />
              </>
            ) : null}
          </div>
          {error === undefined ? null : <Trouble error={error} />}
          <div className="wn-actions">
            <button type="submit" className="wn-button wn-button--solid" disabled={busy}>
              {busy ? t('progress.saving') : t(`partner.${what}`)}
            </button>
            <button type="button" className="wn-button" onClick={onClose}>
              {t('action.cancel')}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
