import Constants from 'expo-constants'
import { useRouter } from 'expo-router'
import { useState } from 'react'
import { openPage } from '../device/links'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Qr } from '../look/Qr'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useApp } from '../node/app'
import { useTask } from '../node/useTask'
import { pair } from '../wallet/connect'
import { useWords } from '../words/words'

/** By configuration: `extra.walletConnectProjectId` of app.json. Without one nothing of it is loaded. */
const projectId =
  (Constants.expoConfig?.extra as { walletConnectProjectId?: string } | undefined)?.walletConnectProjectId ?? ''

/** For people who have a wallet of their own. */
export const ConnectScreen = () => {
  const router = useRouter()
  const { t } = useWords()
  const { werenode, useOwn } = useApp()
  const [address, setAddress] = useState<string>()
  const task = useTask()
  const connect = (): void =>
    void task.run('connect', async () => {
      const { chainId } = await werenode.network()
      const { wallet } = await pair({ projectId, chainId, show: setAddress })
      useOwn(wallet)
      router.replace('/wallet')
    })
  return (
    <Screen title={t('wallet.connectOwn')}>
      {projectId === '' ? (
        <Notice kind="info" what={t('wallet.connectOff')} />
      ) : (
        <Button
          icon="link"
          label={t('wallet.connect')}
          busy={task.busy !== undefined && address === undefined}
          onPress={connect}
        />
      )}
      {address !== undefined && (
        <Card>
          <Text>{t('wallet.connectScan')}</Text>
          <Qr text={address} label={t('wallet.connectScan')} />
          <Button
            kind="secondary"
            icon="externalLink"
            label={t('action.open')}
            onPress={() => void openPage(address)}
          />
        </Card>
      )}
      <Problem error={task.problem} />
    </Screen>
  )
}
