import { useLocalSearchParams, useRouter } from 'expo-router'
import { useState } from 'react'
import { copy } from '../device/clipboard'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Field } from '../look/Field'
import { useFeel } from '../look/feel'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Qr } from '../look/Qr'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useApp } from '../node/app'
import { useAnswer } from '../node/useAnswer'
import { useTask } from '../node/useTask'
import { useWords } from '../words/words'

const testAmountMicro = 50_000_000n

/** Ways for money to become credit: test euros where the network is one, a transfer to the account, a voucher. */
export const AddMoneyScreen = () => {
  const feel = useFeel()
  const router = useRouter()
  const { missing } = useLocalSearchParams<{ missing?: string }>()
  const { t, format } = useWords()
  const { werenode, card, keyRing } = useApp()
  const network = useAnswer('network', () => werenode.network())
  const task = useTask()
  const [added, setAdded] = useState<bigint>()
  const [shown, setShown] = useState(false)
  const [copied, setCopied] = useState(false)
  const [code, setCode] = useState('')
  const needed = /^\d{1,12}$/.test(missing ?? '') ? BigInt(missing!) : 0n
  const amount = needed > testAmountMicro ? needed : testAmountMicro
  const address = card?.address ?? ''
  const get = (): void =>
    void task.run('faucet', async () => {
      await keyRing.because(t('why.signIn'), async () => {
        const { creditMicro: before } = await werenode.credit()
        await werenode.faucet(amount)
        // The chain takes a block or two.
        for (let turn = 0; turn < 60 && (await werenode.credit()).creditMicro <= before; turn += 1)
          await new Promise((resolve) => setTimeout(resolve, 500))
      })
      feel.success()
      setAdded(amount)
    })
  const redeem = (): void =>
    void task.run('voucher', async () => {
      const { amountMicro } = await keyRing.because(t('why.signIn'), () =>
        werenode.api.redeemVoucher({ body: { code: code.trim() } }),
      )
      feel.success()
      setAdded(BigInt(amountMicro))
      setCode('')
    })
  return (
    <Screen title={t('wallet.addTitle')}>
      {added !== undefined && (
        <Notice kind="good" testID="added" what={t('wallet.addDone', { amount: format.money(added) })}>
          <Button
            label={t('app.ok')}
            onPress={() => (router.canGoBack() ? router.back() : router.replace('/wallet'))}
            testID="added-ok"
          />
        </Notice>
      )}
      <Problem error={network.problem} again={network.again} />
      {network.value?.local && added === undefined && (
        <Card>
          <Text>{t('wallet.addTest')}</Text>
          <Button
            icon="euro"
            label={t('wallet.addGet', { amount: format.money(amount) })}
            testID="faucet"
            busy={task.busy === 'faucet'}
            onPress={get}
          />
        </Card>
      )}
      {network.value && (
        <Card>
          <Text>
            {t('wallet.addHow', {
              network: network.value.local
                ? t('wallet.testNetwork')
                : t('wallet.chain', { id: String(network.value.chainId) }),
            })}
          </Text>
          <Qr text={`ethereum:${address}@${network.value.chainId}`} label={t('wallet.qrLabel')} />
          {shown && (
            <Text as="code" selectable testID="address">
              {address}
            </Text>
          )}
          {!shown && <Button kind="quiet" icon="eye" label={t('wallet.addressShow')} onPress={() => setShown(true)} />}
          <Button
            kind="secondary"
            icon={copied ? 'check' : 'copy'}
            label={t(copied ? 'action.copied' : 'wallet.addressCopy')}
            onPress={() => void copy(address).then(setCopied)}
          />
        </Card>
      )}
      <Card>
        <Field
          label={t('wallet.voucher')}
          value={code}
          onChangeText={setCode}
          autoCapitalize="characters"
          autoCorrect={false}
        />
        <Button
          kind="secondary"
          label={t('wallet.voucherRedeem')}
          disabled={code.trim() === ''}
          busy={task.busy === 'voucher'}
          onPress={redeem}
        />
      </Card>
      <Problem error={task.problem} />
    </Screen>
  )
}
