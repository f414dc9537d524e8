import { useState } from 'react'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Chip, Choice } from '../look/Chips'
import { Field } from '../look/Field'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useApp } from '../node/app'
import { useWords } from '../words/words'

const nodeIn = (text: string): string | undefined => {
  try {
    const { origin, protocol } = new URL(/^https?:\/\//.test(text) ? text : `https://${text}`)
    return protocol === 'https:' || protocol === 'http:' ? origin : undefined
  } catch {
    return undefined
  }
}

/** Language, appearance, and which node the app speaks to. */
export const LookScreen = () => {
  const { t } = useWords()
  const { settings, change, node } = useApp()
  const [address, setAddress] = useState(node)
  const [bad, setBad] = useState(false)
  return (
    <Screen title={t('account.look')}>
      <Card>
        <Choice
          label={t('settings.language')}
          value={settings.locale}
          options={[
            { value: 'system', label: t('settings.theme.system') },
            { value: 'en', label: t('settings.language.en') },
            { value: 'fr', label: t('settings.language.fr') },
          ]}
          onChange={(locale) => change({ locale })}
        />
        <Choice
          label={t('settings.theme')}
          value={settings.theme}
          options={[
            { value: 'system', label: t('settings.theme.system') },
            { value: 'light', label: t('settings.theme.light') },
            { value: 'dark', label: t('settings.theme.dark') },
          ]}
          onChange={(theme) => change({ theme })}
        />
        <Chip
          label={t('settings.contrast')}
          on={settings.highContrast}
          onPress={() => change({ highContrast: !settings.highContrast })}
        />
        <Chip
          label={t('settings.motion')}
          on={settings.reducedMotion}
          onPress={() => change({ reducedMotion: !settings.reducedMotion })}
        />
        <Chip
          label={t('settings.haptics')}
          on={settings.haptics}
          onPress={() => change({ haptics: !settings.haptics })}
        />
      </Card>
      <Card title={t('account.node')}>
        <Text tone="muted">{t('account.nodeHint')}</Text>
        <Field
          label={t('account.nodeAddress')}
          value={address}
          onChangeText={(text) => {
            setAddress(text)
            setBad(false)
          }}
          inputMode="url"
          autoCapitalize="none"
          autoCorrect={false}
          problem={bad ? t('account.nodeBad') : undefined}
        />
        <Button
          kind="secondary"
          label={t('action.save')}
          disabled={address === node}
          onPress={() => {
            const named = nodeIn(address.trim())
            if (named === undefined) setBad(true)
            else change({ node: named })
          }}
        />
      </Card>
    </Screen>
  )
}
