import { useState } from 'react'
import { giveFile } from '../device/files'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Field } from '../look/Field'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useApp } from '../node/app'
import { useTask } from '../node/useTask'
import { useWords } from '../words/words'

/** Everything the node knows of the driver: to take along, or to have forgotten. */
export const PrivacyScreen = () => {
  const { t } = useWords()
  const { werenode, keyRing, own, card } = useApp()
  const [typed, setTyped] = useState('')
  const [erased, setErased] = useState(false)
  const [sure, setSure] = useState(false)
  const task = useTask()
  return (
    <Screen title={t('account.privacy')}>
      <Card>
        <Text tone="muted">{t('account.exportUnder')}</Text>
        <Button
          kind="secondary"
          icon="download"
          label={t('account.export')}
          busy={task.busy === 'export'}
          onPress={() =>
            void task.run('export', async () => {
              const all = await keyRing.because(t('why.signIn'), () => werenode.api.exportAccount())
              await giveFile('werenode-my-data.json', 'application/json', JSON.stringify(all, undefined, 2))
            })
          }
        />
      </Card>
      <Card title={t('account.erase')}>
        {erased ? (
          <Notice kind="good" what={t('account.erased')} />
        ) : (
          <>
            <Text tone="muted">{t('account.eraseWhy')}</Text>
            <Field
              label={t('account.eraseType')}
              value={typed}
              onChangeText={setTyped}
              autoCapitalize="characters"
              autoCorrect={false}
            />
            <Button
              kind="danger"
              icon="trash"
              label={t('account.erase')}
              disabled={typed.trim().toUpperCase() !== t('account.eraseWord')}
              busy={task.busy === 'erase'}
              onPress={() =>
                void task.run('erase', async () => {
                  await keyRing.because(t('why.signIn'), () =>
                    werenode.api.eraseAccount({ body: { confirm: 'erase my account' } }),
                  )
                  await werenode.signOut()
                  setErased(true)
                })
              }
            />
          </>
        )}
      </Card>
      {card?.kind === 'connect' && (
        <Card title={t('wallet.connectEnd')}>
          <Text tone="muted">{t('wallet.connectEndUnder', { name: card.name ?? 'WalletConnect' })}</Text>
          <Button
            kind="danger"
            label={t('wallet.connectEnd')}
            busy={task.busy === 'end'}
            onPress={() => void task.run('end', () => own.end())}
          />
        </Card>
      )}
      {card && card.kind !== 'connect' && (
        <Card title={t('wallet.forget')}>
          <Text tone="muted">{t('wallet.forgetSure')}</Text>
          <Button
            kind="danger"
            label={sure ? t('action.confirm') : t('wallet.forget')}
            onPress={() => (sure ? void task.run('forget', () => keyRing.forget()) : setSure(true))}
          />
        </Card>
      )}
      <Problem error={task.problem} />
    </Screen>
  )
}
