import { useState } from 'react'
import { View } from 'react-native'
import { Button, IconButton } from '../look/Button'
import { Card } from '../look/Card'
import { Field } from '../look/Field'
import { Icon } from '../look/Icon'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useAnswer } from '../node/useAnswer'
import { useTask } from '../node/useTask'
import { useWords } from '../words/words'

/** Cards that start a charge at the plug, paid by this account. */
export const CardsScreen = () => {
  const theme = useTheme()
  const { t } = useWords()
  const { werenode, keyRing, online } = useApp()
  const [uid, setUid] = useState('')
  const [label, setLabel] = useState('')
  const task = useTask()
  const list = useAnswer(`cards ${online}`, () =>
    keyRing.because(t('why.signIn'), async () => (await werenode.api.listCards()).items),
  )
  return (
    <Screen title={t('account.cards')}>
      <Text tone="muted">{t('account.cardsUnder')}</Text>
      <Problem error={list.problem} again={list.again} />
      {list.value?.map((card) => (
        <Card key={card.id}>
          <View style={{ flexDirection: 'row', gap: theme.space.m, alignItems: 'center' }}>
            <Icon name="rfid" colour={theme.accent.text} />
            <View style={{ flex: 1 }}>
              <Text as="bodyStrong">{card.label}</Text>
              <Text as="small" tone="muted">
                {t('account.cardEnds', { signs: card.lastSigns })}
              </Text>
            </View>
            <IconButton
              icon="trash"
              label={`${t('action.remove')} ${card.label}`}
              onPress={() =>
                void task.run('remove', async () => {
                  await werenode.api.removeCard({ params: { cardId: card.id } })
                  list.again()
                })
              }
            />
          </View>
        </Card>
      ))}
      <Problem error={task.problem} />
      {list.value !== undefined && (
        <Card title={t('account.cardAdd')}>
          <Field
            label={t('account.cardUid')}
            value={uid}
            onChangeText={setUid}
            autoCapitalize="characters"
            autoCorrect={false}
          />
          <Field label={t('account.cardLabel')} value={label} onChangeText={setLabel} />
          <Button
            icon="plus"
            label={t('account.cardAdd')}
            disabled={uid.trim() === '' || label.trim() === ''}
            busy={task.busy === 'add'}
            onPress={() =>
              void task.run('add', async () => {
                await werenode.api.addCard({ body: { uid: uid.trim(), label: label.trim() } })
                setUid('')
                setLabel('')
                list.again()
              })
            }
          />
        </Card>
      )}
    </Screen>
  )
}
