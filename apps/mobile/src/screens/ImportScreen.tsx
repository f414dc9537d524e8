import { useRouter } from 'expo-router'
import { useState } from 'react'
import { takeTextFile } from '../device/files'
import type { Secret } from '../device/vault-answer'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Field } from '../look/Field'
import { useFeel } from '../look/feel'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { useApp } from '../node/app'
import { useTask } from '../node/useTask'
import { type Backup, openBackup, readBackup } from '../wallet/backup'
import { secretOf } from '../wallet/phrase'
import { useWords } from '../words/words'
import { shortestPin } from './CreateWalletScreen'

/** A wallet that exists already: its words, its key, or a backup file. */
export const ImportScreen = () => {
  const feel = useFeel()
  const router = useRouter()
  const { t } = useWords()
  const { keyRing, card } = useApp()
  const [words, setWords] = useState('')
  const [pin, setPin] = useState('')
  const [password, setPassword] = useState('')
  const [file, setFile] = useState<Backup>()
  const [wrong, setWrong] = useState<{ at: 'words' | 'pin' | 'file' | 'password'; text: string }>()
  const task = useTask()
  const needsPin = keyRing.guard === 'pin'
  const say = (at: 'words' | 'pin' | 'file' | 'password') => (wrong?.at === at ? wrong.text : undefined)
  const takeIn = async (secret: Secret): Promise<void> => {
    await keyRing.bringIn(secret, needsPin ? pin : undefined)
    feel.success()
    router.replace('/wallet')
  }
  const pinIsGood = (): boolean => {
    if (!needsPin || pin.length >= shortestPin) return true
    setWrong({ at: 'pin', text: t('wallet.pinShort') })
    return false
  }
  const byWords = (): void =>
    void task.run('words', async () => {
      setWrong(undefined)
      const secret = secretOf(words)
      if (typeof secret === 'string')
        return setWrong({ at: 'words', text: t(secret === 'not-a-key' ? 'wallet.importBadKey' : 'wallet.importBad') })
      if (pinIsGood()) await takeIn(secret)
    })
  const choose = (): void =>
    void task.run('file', async () => {
      const text = await takeTextFile()
      if (text === undefined) return
      const backup = readBackup(text)
      setFile(backup)
      setWrong(backup ? undefined : { at: 'file', text: t('wallet.importBadFile') })
    })
  const byFile = (): void =>
    void task.run('open', async () => {
      if (!file || !pinIsGood()) return
      const secret = await openBackup(file, password)
      if (!secret) return setWrong({ at: 'password', text: t('wallet.importBadPassword') })
      await takeIn(secret)
    })
  return (
    <Screen title={t('wallet.import')}>
      {card && <Notice kind="warning" what={t('wallet.importReplaces')} />}
      {needsPin && (
        <Field
          label={t('wallet.pin')}
          hint={t('wallet.pinHint')}
          value={pin}
          onChangeText={setPin}
          secureTextEntry
          inputMode="numeric"
          autoComplete="off"
          problem={say('pin')}
        />
      )}
      <Card>
        <Field
          label={t('wallet.importWords')}
          hint={t('wallet.importWordsHint')}
          value={words}
          onChangeText={setWords}
          multiline
          autoCapitalize="none"
          autoCorrect={false}
          autoComplete="off"
          spellCheck={false}
          style={{ minHeight: 96 }}
          problem={say('words')}
        />
        <Button
          label={t('wallet.importDo')}
          busy={task.busy === 'words'}
          disabled={words.trim() === ''}
          onPress={byWords}
        />
      </Card>
      <Card>
        <Button kind="secondary" icon="upload" label={t('wallet.importFile')} onPress={choose} />
        {say('file') !== undefined && <Notice kind="danger" what={say('file')!} />}
        {file && (
          <>
            <Field
              label={t('wallet.backupPassword')}
              value={password}
              onChangeText={setPassword}
              secureTextEntry
              autoComplete="current-password"
              problem={say('password')}
            />
            <Button label={t('wallet.importOpen')} busy={task.busy === 'open'} onPress={byFile} />
          </>
        )}
      </Card>
      <Problem error={task.problem} />
    </Screen>
  )
}
