import type { Withdrawal } from '@werenode/core'
import { useRouter } from 'expo-router'
import { useState } from 'react'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Field } from '../look/Field'
import { useFeel } from '../look/feel'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useApp } from '../node/app'
import { useAnswer } from '../node/useAnswer'
import { useTask } from '../node/useTask'
import { amountIn, destinationIn } from '../wallet/withdrawal'
import { useWords } from '../words/words'

/** Credit that is left to nobody may sit as fractions of a cent; what is withdrawn is said in cents. */
const centMicro = 10_000n
/** How long this screen waits for the chain before it says "on its way". */
const looks = 120

/** Energy credit back into a wallet: how much, to which account, and once more in words before it is signed. */
export const WithdrawScreen = () => {
  const feel = useFeel()
  const router = useRouter()
  const { t, format } = useWords()
  const { werenode, card, keyRing } = useApp()
  const network = useAnswer('network', () => werenode.network())
  const money = useAnswer(card ? `withdraw ${card.address}` : undefined, () =>
    keyRing.because(t('why.signIn'), () => werenode.credit()),
  )
  const task = useTask()
  const [amountText, setAmountText] = useState('')
  const [toText, setToText] = useState('')
  const [made, setMade] = useState<Withdrawal>()
  const credit = money.value?.creditMicro ?? 0n
  const most = credit - (credit % centMicro)
  const amount = amountIn(amountText)
  const amountIsBad = amountText.trim() !== '' && (amount === undefined || amount > most)
  const destination = destinationIn(toText)
  const own = 'address' in destination && destination.address === card?.address.toLowerCase()
  const toProblem = (): string | undefined => {
    if (toText.trim() === '' || 'address' in destination) return undefined
    return t(destination.wrong === 'mistyped' ? 'wallet.withdrawMistyped' : 'wallet.withdrawBadTo')
  }
  const withdraw = (): void =>
    void task.run('withdraw', async () => {
      if (amount === undefined || !('address' in destination)) return
      const { address: to } = destination
      await keyRing.because(t('why.withdraw'), async () => {
        let now = await werenode.withdraw({ amountMicro: amount, to })
        setMade(now)
        for (let turn = 0; turn < looks && now.state === 'under-way'; turn += 1) {
          await new Promise((resolve) => setTimeout(resolve, 500))
          now = await werenode.withdrawal(now.id)
        }
        setMade(now)
        if (now.state === 'paid') feel.success()
      })
    })
  const time = t((network.value?.depth ?? 0) > 2 ? 'wallet.withdrawMinutes' : 'wallet.withdrawSoon')
  const say = {
    paid: { kind: 'good', what: 'wallet.withdrawDone' },
    'under-way': { kind: 'info', what: 'wallet.withdrawUnderWay' },
    refused: { kind: 'danger', what: 'wallet.withdrawRefused' },
  } as const
  return (
    <Screen title={t('wallet.withdrawTitle')}>
      {made && (
        <Notice
          kind={say[made.state].kind}
          what={t(say[made.state].what, { amount: format.money(made.amountMicro) })}
          {...(made.why === undefined ? {} : { todo: made.why })}
          testID={`withdrawal-${made.state}`}
        >
          {made.state !== 'under-way' && (
            <Button
              label={t('app.ok')}
              testID="withdrawn-ok"
              onPress={() => (router.canGoBack() ? router.back() : router.replace('/wallet'))}
            />
          )}
        </Notice>
      )}
      {!made && (
        <Card>
          <Text>
            {money.value && most === 0n
              ? t('wallet.withdrawNone')
              : t('wallet.withdrawWhat', { amount: money.value ? format.money(most) : '–' })}
          </Text>
          <Field
            label={t('wallet.withdrawAmount')}
            value={amountText}
            onChangeText={setAmountText}
            inputMode="decimal"
            autoComplete="off"
            testID="withdraw-amount"
            problem={amountIsBad ? t('wallet.withdrawBadAmount', { amount: format.money(most) }) : undefined}
          />
          <Button
            kind="quiet"
            label={t('wallet.withdrawAll')}
            disabled={most === 0n}
            onPress={() =>
              setAmountText(`${most / 1_000_000n}.${String((most % 1_000_000n) / centMicro).padStart(2, '0')}`)
            }
          />
          <Field
            label={t('wallet.withdrawTo')}
            hint={t('wallet.withdrawToHint')}
            value={toText}
            onChangeText={setToText}
            autoCapitalize="none"
            autoCorrect={false}
            autoComplete="off"
            spellCheck={false}
            testID="withdraw-to"
            problem={toProblem()}
          />
        </Card>
      )}
      {!made && amount !== undefined && !amountIsBad && 'address' in destination && (
        <Card>
          <Text testID="withdraw-words">
            {own
              ? t('wallet.withdrawSumOwn', { amount: format.money(amount), time })
              : t('wallet.withdrawSum', {
                  amount: format.money(amount),
                  end: destination.address.slice(-4).toUpperCase(),
                  time,
                })}
          </Text>
          <Button
            icon="check"
            label={t('wallet.withdrawDo', { amount: format.money(amount) })}
            testID="withdraw"
            busy={task.busy === 'withdraw'}
            onPress={withdraw}
          />
        </Card>
      )}
      <Problem error={money.problem} again={money.again} />
      <Problem error={task.problem} />
    </Screen>
  )
}
