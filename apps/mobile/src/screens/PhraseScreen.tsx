import { useRouter } from 'expo-router'
import { useState } from 'react'
import { View } from 'react-native'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useTask } from '../node/useTask'
import { useWords } from '../words/words'

/** The twelve words, shown only to whoever unlocks the wallet, and gone from the screen with it. */
export const PhraseScreen = () => {
  const theme = useTheme()
  const router = useRouter()
  const { t } = useWords()
  const { keyRing } = useApp()
  const [phrase, setPhrase] = useState<readonly string[]>()
  const [none, setNone] = useState(false)
  const task = useTask()
  const show = (): void =>
    void task.run('show', async () => {
      const secret = await keyRing.reveal(t('why.phrase'))
      if (secret === undefined) return
      if ('phrase' in secret) setPhrase(secret.phrase.split(' '))
      else setNone(true)
    })
  return (
    <Screen
      title={t('wallet.phrase')}
      foot={
        phrase ? (
          <Button
            icon="check"
            label={t('wallet.phraseDone')}
            onPress={() => {
              keyRing.markWritten()
              router.back()
            }}
          />
        ) : (
          !none && <Button icon="eye" label={t('wallet.phraseShow')} busy={task.busy !== undefined} onPress={show} />
        )
      }
    >
      <Notice kind="warning" what={t('wallet.phraseWarn')} />
      {none && <Notice kind="info" what={t('wallet.phraseNone')} />}
      <Problem error={task.problem} />
      {phrase && (
        <Card testID="phrase">
          <View role="list" style={{ flexDirection: 'row', flexWrap: 'wrap', gap: theme.space.s }}>
            {phrase.map((word, index) => (
              <View
                key={index}
                role="listitem"
                style={{
                  flexDirection: 'row',
                  gap: theme.space.s,
                  minWidth: '47%',
                  flexGrow: 1,
                  padding: theme.space.m,
                  borderRadius: theme.radius.m,
                  backgroundColor: theme.surface.sunken,
                }}
              >
                <Text as="figure" tone="muted">
                  {index + 1}
                </Text>
                <Text as="bodyStrong">{word}</Text>
              </View>
            ))}
          </View>
        </Card>
      )}
    </Screen>
  )
}
