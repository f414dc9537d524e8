import { useRouter } from 'expo-router'
import { useEffect, useRef, useState } from 'react'
import { openPage } from '../device/links'
import { pairingOfBuild } from '../device/pairing-config'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Qr } from '../look/Qr'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useApp } from '../node/app'
import { useTask } from '../node/useTask'
import { ConnectProblem } from '../wallet/connect-problem'
import { useWords } from '../words/words'

/** For people who have a wallet of their own. */
export const ConnectScreen = () => {
  const router = useRouter()
  const { t } = useWords()
  const { werenode, own } = useApp()
  const [address, setAddress] = useState<string>()
  const [noApp, setNoApp] = useState(false)
  const task = useTask()
  // Who goes back waits for nothing any more.
  const leaving = useRef(new AbortController())
  useEffect(() => {
    const mine = new AbortController()
    leaving.current = mine
    return () => mine.abort()
  }, [])
  const connect = (): void =>
    void task.run('connect', async () => {
      const { signal } = leaving.current
      const { chainId } = await werenode.network()
      try {
        await own.connect({ chainId, show: setAddress, signal })
      } catch (error) {
        if (error instanceof ConnectProblem && error.reason === 'left') return
        throw error
      }
      if (!signal.aborted) router.replace('/wallet')
    })
  return (
    <Screen title={t('wallet.connectOwn')}>
      {pairingOfBuild() === undefined ? (
        <Notice kind="info" what={t('wallet.connectOff')} />
      ) : (
        address === undefined && (
          <Button
            icon="link"
            label={t('wallet.connect')}
            testID="connect"
            busy={task.busy !== undefined}
            onPress={connect}
          />
        )
      )}
      {address !== undefined && (
        <Card>
          <Text>{t('wallet.connectScan')}</Text>
          <Qr text={address} label={t('wallet.connectScan')} />
          <Button
            kind="secondary"
            icon="externalLink"
            label={t('action.open')}
            onPress={() => {
              openPage(address).catch(() => setNoApp(true))
            }}
          />
        </Card>
      )}
      {noApp && <Notice kind="info" what={t('wallet.connectNoApp')} />}
      <Problem error={task.problem} />
    </Screen>
  )
}
