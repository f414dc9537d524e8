import { useState } from 'react'
import { giveFile } from '../device/files'
import { Button } from '../look/Button'
import { Field } from '../look/Field'
import { useFeel } from '../look/feel'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useApp } from '../node/app'
import { useTask } from '../node/useTask'
import { sealBackup } from '../wallet/backup'
import { useWords } from '../words/words'

const shortest = 10

/** A file that brings the wallet back with a password, here or in most other wallets. */
export const BackupScreen = () => {
  const feel = useFeel()
  const { t } = useWords()
  const { keyRing } = useApp()
  const [password, setPassword] = useState('')
  const [done, setDone] = useState(false)
  const task = useTask()
  const make = (): void =>
    void task.run('backup', async () => {
      const secret = await keyRing.reveal(t('why.backup'))
      if (secret === undefined) return
      const backup = await sealBackup(secret, password)
      await giveFile(`werenode-${backup.address.slice(0, 8)}.json`, 'application/json', JSON.stringify(backup))
      keyRing.markWritten()
      feel.success()
      setPassword('')
      setDone(true)
    })
  return (
    <Screen title={t('wallet.backup')}>
      <Text tone="muted">{t('wallet.backupUnder')}</Text>
      <Field
        label={t('wallet.backupPassword')}
        hint={t('wallet.backupHint')}
        value={password}
        onChangeText={setPassword}
        secureTextEntry
        autoComplete="new-password"
      />
      <Button
        icon="download"
        label={t('wallet.backupMake')}
        busy={task.busy !== undefined}
        disabled={password.length < shortest}
        onPress={make}
      />
      {task.busy !== undefined && <Text tone="muted">{t('wallet.backupBusy')}…</Text>}
      {done && <Notice kind="good" testID="backup-done" what={t('progress.saved')} />}
      <Problem error={task.problem} />
    </Screen>
  )
}
