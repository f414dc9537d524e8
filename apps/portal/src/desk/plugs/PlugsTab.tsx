import type { Party, PlugSetup, PlugView } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import { useMemo, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { type Column, DataTable } from '../DataTable'
import { Ask, Dialog } from '../Dialog'
import type { OwnPlaces } from '../useOwnPlaces'
import { AddPlug } from './AddPlug'
import { OwnProfiles } from './OwnProfiles'
import { PlugHistory } from './PlugHistory'
import { SetupView } from './SetupView'
import { useOwnPlugs } from './useOwnPlugs'

type Shown =
  | { readonly what: 'add' | 'profiles' }
  | { readonly what: 'history' | 'rekey' | 'remove'; readonly plug: PlugView }
  | { readonly what: 'setup'; readonly setup: Pick<PlugSetup, 'settings'> & { readonly plugId: string } }

/** The party's smart plugs: add, look at, give a new password, remove. */
export const PlugsTab = ({
  werenode,
  party,
  own,
  tariffIds,
}: {
  werenode: Werenode
  party: Party
  own: OwnPlaces
  tariffIds: readonly string[]
}) => {
  const { t, format } = useWords()
  const { plugs, loaded, error, reload } = useOwnPlugs(werenode, party)
  const [shown, setShown] = useState<Shown>()
  const close = (): void => setShown(undefined)
  const columns = useMemo(
    (): readonly Column<PlugView>[] => [
      {
        title: t('desk.status'),
        value: ({ live }) =>
          live.heardAt === undefined ? t('plugs.never') : t(live.online ? 'plugs.online' : 'plugs.offline'),
        show: ({ live }) => (
          <span className="wn-light" data-light={live.online ? 'on' : 'off'}>
            {live.heardAt === undefined ? t('plugs.never') : t(live.online ? 'plugs.online' : 'plugs.offline')}
          </span>
        ),
      },
      { title: t('plugs.id'), value: ({ plugId }) => plugId, show: ({ plugId }) => <code>{plugId}</code> },
      { title: t('desk.name'), value: ({ label }) => label ?? '' },
      { title: t('plugs.family'), value: ({ family }) => family },
      {
        title: t('desk.power'),
        number: true,
        value: ({ live }) => live.powerW ?? -1,
        show: ({ live }) => (live.powerW === undefined || !live.online ? '' : format.power(live.powerW)),
      },
      {
        title: t('plugs.meter'),
        number: true,
        value: ({ live }) => live.registerWh ?? -1,
        show: ({ live }) => (live.registerWh === undefined ? '' : format.energy(Math.round(live.registerWh))),
      },
      {
        title: t('plugs.heard'),
        value: ({ live }) => live.heardAt ?? '',
        show: ({ live }) => (live.heardAt === undefined ? '' : format.dateTime(live.heardAt)),
      },
    ],
    [t, format],
  )
  return (
    <>
      <p className="wn-section__lead">{t('plugs.lead')}</p>
      <div className="wn-actions">
        <button type="button" className="wn-button wn-button--solid" onClick={() => setShown({ what: 'add' })}>
          <Icon name="plus" /> {t('plugs.add')}
        </button>
        <button type="button" className="wn-button" onClick={() => setShown({ what: 'profiles' })}>
          <Icon name="sliders" /> {t('plugs.own')}
        </button>
      </div>
      {error === undefined ? null : <Trouble error={error} onRetry={() => void reload()} />}
      <DataTable
        label={t('desk.plugs')}
        columns={columns}
        rows={plugs}
        keyOf={({ plugId }) => plugId}
        fileName="smart-plugs.csv"
        empty={loaded ? t('plugs.none') : t('progress.loading')}
        actions={(plug) => (
          <div className="wn-actions">
            <RowButton icon="chart" words={t('plugs.look')} onClick={() => setShown({ what: 'history', plug })} />
            <RowButton icon="key" words={t('plugs.password')} onClick={() => setShown({ what: 'rekey', plug })} />
            <RowButton icon="trash" words={t('action.remove')} onClick={() => setShown({ what: 'remove', plug })} />
          </div>
        )}
      />
      {shown?.what === 'add' ? (
        <AddPlug
          werenode={werenode}
          party={party}
          own={own}
          tariffIds={tariffIds}
          onClose={() => {
            close()
            void reload()
          }}
        />
      ) : null}
      {shown?.what === 'profiles' ? <OwnProfiles werenode={werenode} party={party} onClose={close} /> : null}
      {shown?.what === 'history' ? (
        <PlugHistory werenode={werenode} party={party} plugId={shown.plug.plugId} onClose={close} />
      ) : null}
      {shown?.what === 'setup' ? (
        <Dialog title={t('plugs.setup')} onClose={close}>
          <SetupView setup={{ ...shown.setup, warnings: [] }} />
          <div className="wn-actions">
            <button type="button" className="wn-button wn-button--solid" onClick={close}>
              {t('progress.done')}
            </button>
          </div>
        </Dialog>
      ) : null}
      {shown?.what === 'rekey' ? (
        <Ask
          question={t('plugs.passwordAsk', { plug: shown.plug.plugId })}
          action={t('plugs.password')}
          onClose={() => setShown((now) => (now?.what === 'rekey' ? undefined : now))}
          onDo={async () => {
            const { plugId } = shown.plug
            const { username, password } = await werenode.operator(party).rekeyPlug(plugId)
            const settings = [
              { label: 'User', value: username },
              { label: 'Password', value: password },
            ]
            setShown({ what: 'setup', setup: { plugId, settings } })
          }}
        />
      ) : null}
      {shown?.what === 'remove' ? (
        <Ask
          question={t('plugs.removeAsk', { plug: shown.plug.plugId })}
          action={t('action.remove')}
          onClose={close}
          onDo={async () => {
            await werenode.operator(party).removePlug(shown.plug.plugId)
            await reload()
          }}
        />
      ) : null}
    </>
  )
}

const RowButton = ({
  icon,
  words,
  onClick,
}: {
  icon: 'chart' | 'key' | 'trash'
  words: string
  onClick: () => void
}) => (
  <button type="button" className="wn-button wn-button--small" onClick={onClick}>
    <Icon name={icon} size={16} /> {words}
  </button>
)
