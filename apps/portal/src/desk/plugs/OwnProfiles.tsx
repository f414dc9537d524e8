import type { OwnPlugFamily, Party } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { type Column, DataTable } from '../DataTable'
import { Ask, Dialog } from '../Dialog'
import { ProfileForm } from './ProfileForm'

/** Device profiles of the party's own: write, change, remove. */
export const OwnProfiles = ({
  werenode,
  party,
  onClose,
}: {
  werenode: Werenode
  party: Party
  onClose: () => void
}) => {
  const { t } = useWords()
  const [profiles, setProfiles] = useState<readonly OwnPlugFamily[]>()
  const [edited, setEdited] = useState<OwnPlugFamily | 'new'>()
  const [removed, setRemoved] = useState<OwnPlugFamily>()
  const [error, setError] = useState<unknown>()
  const load = useCallback(async (): Promise<void> => {
    const { items } = await werenode.api.listOwnPlugFamilies({ params: { party } })
    setProfiles(items)
  }, [werenode, party])
  useEffect(() => {
    load().catch(setError)
  }, [load])
  const columns = useMemo(
    (): readonly Column<OwnPlugFamily>[] => [
      { title: t('profile.title'), value: ({ title }) => title },
      { title: t('profile.family'), value: ({ family }) => family, show: ({ family }) => <code>{family}</code> },
      { title: t('profile.plugs'), number: true, value: ({ plugs }) => plugs },
    ],
    [t],
  )
  if (edited !== undefined)
    return (
      <Dialog
        key="edit"
        title={edited === 'new' ? t('profile.new') : t('profile.edit')}
        onClose={() => setEdited(undefined)}
      >
        <ProfileForm
          stored={edited === 'new' ? undefined : edited.profile}
          onClose={() => setEdited(undefined)}
          onSave={async (profile) => {
            await werenode.api.putOwnPlugFamily({ params: { party, family: String(profile.family) }, body: profile })
            await load()
          }}
        />
      </Dialog>
    )
  return (
    <Dialog key="list" title={t('plugs.own')} onClose={onClose}>
      <p>{t('profile.lead')}</p>
      {error === undefined ? null : <Trouble error={error} />}
      <DataTable
        label={t('plugs.own')}
        columns={columns}
        rows={profiles ?? []}
        keyOf={({ family }) => family}
        fileName="device-profiles.csv"
        empty={profiles ? t('profile.none') : t('progress.loading')}
        actions={(profile) => (
          <div className="wn-actions">
            <button type="button" className="wn-button wn-button--small" onClick={() => setEdited(profile)}>
              <Icon name="edit" size={16} /> {t('action.edit')}
            </button>
            <button type="button" className="wn-button wn-button--small" onClick={() => setRemoved(profile)}>
              <Icon name="trash" size={16} /> {t('action.remove')}
            </button>
          </div>
        )}
      />
      <div className="wn-actions">
        <button type="button" className="wn-button wn-button--solid" onClick={() => setEdited('new')}>
          <Icon name="plus" /> {t('profile.new')}
        </button>
        <button type="button" className="wn-button" onClick={onClose}>
          {t('action.close')}
        </button>
      </div>
      {removed === undefined ? null : (
        <Ask
          question={t('profile.removeAsk', { name: removed.title })}
          action={t('action.remove')}
          onClose={() => setRemoved(undefined)}
          onDo={async () => {
            await werenode.api.removeOwnPlugFamily({ params: { party, family: removed.family } })
            await load()
          }}
        />
      )}
    </Dialog>
  )
}
