import { nativeShadow } from '@werenode/design/tokens'
import { useSyncExternalStore } from 'react'
import { View } from 'react-native'
import { useSafeAreaInsets } from 'react-native-safe-area-context'
import { Button } from '../look/Button'
import { Notice } from '../look/Notice'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { ConnectProblem } from '../wallet/connect-problem'
import { useWords } from '../words/words'

/** Over every screen: that something waits in the other app, or that its pairing is over. */
export const OwnWalletSheet = () => {
  const { own } = useApp()
  const theme = useTheme()
  const insets = useSafeAreaInsets()
  const { t, say } = useWords()
  const { card, isAsked, isLost } = useSyncExternalStore(own.subscribe, own.state, own.state)
  if (!isLost && !(isAsked && card)) return null
  const lost = say(new ConnectProblem('over'))
  return (
    <View
      style={{
        position: 'absolute',
        left: theme.space.m,
        right: theme.space.m,
        // Below the title and away from the thumb: what is to be pressed lies at the bottom.
        top: insets.top + 72,
        maxWidth: 616,
        marginHorizontal: 'auto',
        zIndex: theme.layer.toast,
        borderRadius: theme.radius.l,
        ...nativeShadow(theme.shadow.floating),
      }}
    >
      {isLost ? (
        <Notice kind="warning" testID="own-lost" what={lost.what} todo={lost.todo}>
          <Button kind="secondary" label={t('app.ok')} testID="own-heard" onPress={own.heard} />
        </Notice>
      ) : (
        <Notice kind="info" testID="own-asked" what={t('wallet.connectConfirm', { name: card?.name ?? '' })} />
      )}
    </View>
  )
}
