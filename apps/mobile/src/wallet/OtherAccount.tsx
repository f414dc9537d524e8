import { Button } from '../look/Button'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { useApp } from '../node/app'
import { useAnswer } from '../node/useAnswer'
import { useTask } from '../node/useTask'
import { useWords } from '../words/words'
import { isElsewhere, joinAccount } from './join-account'

/** Whether the account that is signed in does not hold this device's wallet; undefined until that is known. */
export const useElsewhere = () => {
  const { werenode, card } = useApp()
  const { value, again } = useAnswer(`login ${card?.address}`, async () => ({ login: await werenode.login() }))
  return { elsewhere: value && isElsewhere(value.login, card), again }
}

/** Said where money is shown while the account that is signed in does not hold this device's wallet; one press brings both together. */
export const OtherAccount = ({ onDone }: { readonly onDone: () => void }) => {
  const { t } = useWords()
  const { werenode, card, keyRing } = useApp()
  const task = useTask()
  const join = (): Promise<void> =>
    task.run('join', async () => {
      await keyRing.because(t('why.signIn'), async () => {
        if (!(await joinAccount(werenode, card))) await werenode.signIn()
      })
      onDone()
    })
  return (
    <Notice kind="warning" testID="other-account" what={t('account.otherWallet')} todo={t('account.otherWalletDo')}>
      <Button
        kind="secondary"
        icon="wallet"
        label={t('account.byWallet')}
        testID="join-account"
        busy={task.busy !== undefined}
        onPress={() => void join()}
      />
      <Problem error={task.problem} />
    </Notice>
  )
}
