import type { Address, Party } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { type FormEvent, useCallback, useEffect, useMemo, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { type Column, DataTable } from '../DataTable'
import { Ask, Dialog } from '../Dialog'
import { TextField } from '../Field'
import { SaveOrCancel } from '../SaveOrCancel'

type Member = Schemas['Member']
type Entry = Schemas['AuditEntry']
const rights = ['catalogue:write', 'stations:read', 'stations:write', 'party:write'] as const
type Right = (typeof rights)[number]

/** Who works for the party, with which rights, and what they did. */
export const TeamTab = ({ werenode, party }: { werenode: Werenode; party: Party }) => {
  const { t, format } = useWords()
  const [members, setMembers] = useState<readonly Member[]>()
  const [log, setLog] = useState<readonly Entry[]>([])
  const [edited, setEdited] = useState<Member | 'new'>()
  const [removed, setRemoved] = useState<Member>()
  const [error, setError] = useState<unknown>()
  const load = useCallback(async (): Promise<void> => {
    const [people, acts] = await Promise.all([
      werenode.api.listMembers({ params: { party } }),
      werenode.api.listAudit({ params: { party }, query: { limit: '100' } }),
    ])
    setMembers(people.items)
    setLog(acts.items)
  }, [werenode, party])
  useEffect(() => {
    load().catch(setError)
  }, [load])
  const rightWords = useCallback(
    (scopes: readonly string[]): string =>
      scopes.map((scope) => (rights.includes(scope as Right) ? t(`team.right.${scope as Right}`) : scope)).join(', '),
    [t],
  )
  const columns = useMemo(
    (): readonly Column<Member>[] => [
      {
        title: t('team.address'),
        value: ({ address }) => address,
        show: ({ address }) => <code title={address}>{format.hex(address)}</code>,
      },
      { title: t('team.rights'), value: ({ scopes }) => rightWords(scopes) },
      { title: t('team.since'), value: ({ since }) => since, show: ({ since }) => format.date(since) },
    ],
    [t, format, rightWords],
  )
  const acts = useMemo(
    (): readonly Column<Entry>[] => [
      { title: t('team.when'), value: ({ at }) => at, show: ({ at }) => format.dateTime(at) },
      {
        title: t('team.who'),
        value: ({ address, accountId }) => address ?? accountId,
        show: ({ address, accountId }) =>
          address === undefined ? accountId : <code title={address}>{format.hex(address)}</code>,
      },
      { title: t('team.did'), value: ({ act }) => act },
      { title: t('team.about'), value: ({ subject }) => subject },
    ],
    [t, format],
  )
  return (
    <>
      <p className="wn-section__lead">{t('team.lead')}</p>
      <div className="wn-actions">
        <button type="button" className="wn-button wn-button--solid" onClick={() => setEdited('new')}>
          <Icon name="plus" /> {t('team.add')}
        </button>
      </div>
      {error === undefined ? null : <Trouble error={error} />}
      <DataTable
        label={t('books.team')}
        columns={columns}
        rows={members ?? []}
        keyOf={({ address }) => address}
        fileName="team.csv"
        {...(members ? {} : { empty: t('progress.loading') })}
        actions={(member) => (
          <div className="wn-actions">
            <button type="button" className="wn-button wn-button--small" onClick={() => setEdited(member)}>
              <Icon name="edit" size={16} /> {t('team.edit')}
            </button>
            <button type="button" className="wn-button wn-button--small" onClick={() => setRemoved(member)}>
              <Icon name="trash" size={16} /> {t('action.remove')}
            </button>
          </div>
        )}
      />
      <h2>{t('team.log')}</h2>
      <DataTable
        label={t('team.log')}
        columns={acts}
        rows={log}
        keyOf={({ at, act, subject }) => `${at} ${act} ${subject}`}
        fileName="log.csv"
        first={{ column: 0, down: true }}
      />
      {edited === undefined ? null : (
        <MemberForm
          member={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onSave={async (address, scopes) => {
            await werenode.api.putMember({ params: { party, address }, body: { scopes } })
            await load()
          }}
        />
      )}
      {removed === undefined ? null : (
        <Ask
          question={t('team.removeAsk', { name: format.hex(removed.address) })}
          action={t('action.remove')}
          onClose={() => setRemoved(undefined)}
          onDo={async () => {
            await werenode.api.removeMember({ params: { party, address: removed.address } })
            await load()
          }}
        />
      )}
    </>
  )
}

const MemberForm = ({
  member,
  onSave,
  onClose,
}: {
  member: Member | undefined
  onSave: (address: Address, scopes: readonly Right[]) => Promise<void>
  onClose: () => void
}) => {
  const { t } = useWords()
  const [address, setAddress] = useState<string>(member?.address ?? '')
  const [chosen, setChosen] = useState<readonly Right[]>(() =>
    member ? rights.filter((right) => member.scopes.includes(right)) : ['stations:read'],
  )
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (chosen.length === 0) return setError(new Error(t('team.needRight')))
    setBusy(true)
    setError(undefined)
    try {
      await onSave(address.trim().toLowerCase() as Address, chosen)
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <Dialog title={member ? t('team.edit') : t('team.add')} small onClose={onClose}>
      <form onSubmit={(event) => void save(event)}>
        <TextField
          label={t('team.address')}
          value={address}
          onText={setAddress}
          required
          readOnly={member !== undefined}
          pattern="0x[0-9a-fA-F]{40}"
          placeholder="0x"
        />
        <fieldset className="wn-rights">
          <legend>{t('team.rights')}</legend>
          {rights.map((right) => (
            <label key={right}>
              <input
                type="checkbox"
                checked={chosen.includes(right)}
                onChange={({ target }) =>
                  setChosen(rights.filter((one) => (one === right ? target.checked : chosen.includes(one))))
                }
              />
              {t(`team.right.${right}`)}
            </label>
          ))}
        </fieldset>
        <SaveOrCancel busy={busy} error={error} onCancel={onClose} />
      </form>
    </Dialog>
  )
}
