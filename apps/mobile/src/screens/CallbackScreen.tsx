import * as Linking from 'expo-linking'
import { useRouter } from 'expo-router'
import { useEffect, useRef } from 'react'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useApp } from '../node/app'
import { useTask } from '../node/useTask'
import { joinAccount } from '../wallet/join-account'
import { useWords } from '../words/words'

/** Where the sign-in page sends back to. */
export const CallbackScreen = () => {
  const router = useRouter()
  const { t } = useWords()
  const { werenode, card, keyRing } = useApp()
  const address = Linking.useLinkingURL()
  const task = useTask()
  const begun = useRef(false)
  // An answer is good once
  useEffect(() => {
    if (address === null || begun.current) return
    begun.current = true
    void task.run('finish', async () => {
      await werenode.oauth.finish(address)
      await keyRing.because(t('why.signIn'), () => joinAccount(werenode, card))
      router.replace('/account')
    })
  }, [address])
  return (
    <Screen title={t('account.signIn')}>
      {task.problem === undefined ? (
        <Text tone="muted">{t('progress.loading')}…</Text>
      ) : (
        <Problem error={task.problem} />
      )}
    </Screen>
  )
}
