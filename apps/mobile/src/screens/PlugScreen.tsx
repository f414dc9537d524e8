import { plugStatusOf, statusLooks } from '@werenode/design/plug'
import type { DisplayedQuote } from '@werenode/sdk'
import { useFocusEffect, useLocalSearchParams, useRouter } from 'expo-router'
import { useCallback, useEffect, useState } from 'react'
import { View } from 'react-native'
import { QuoteCard } from '../charge/QuoteCard'
import { tariffInWords } from '../find/tariff-in-words'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Choice } from '../look/Chips'
import { Icon } from '../look/Icon'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Slide } from '../look/Slide'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useAnswer } from '../node/useAnswer'
import { useTask } from '../node/useTask'
import { useWords } from '../words/words'

const limits = ['10000000', '25000000', '50000000'] as const

/** A plug: how it stands, what a charge costs here, and one slide to begin it. */
export const PlugScreen = () => {
  const { evse: text } = useLocalSearchParams<{ evse: string }>()
  const theme = useTheme()
  const router = useRouter()
  const { t, format, locale } = useWords()
  const { werenode, card, keyRing, charges, online } = useApp()
  const plug = useAnswer(`plug ${text} ${online}`, () => werenode.locations.evse(text))
  const [limit, setLimit] = useState<string>('25000000')
  const [quote, setQuote] = useState<DisplayedQuote>()
  const [credit, setCredit] = useState<bigint>()
  const task = useTask()
  const [turn, setTurn] = useState(0)
  // Back from adding money, or from making a wallet: credit and price are asked for anew.
  useFocusEffect(useCallback(() => setTurn((before) => before + 1), []))
  const detail = plug.value
  const evse = detail?.evse
  const connector = detail?.connector ?? evse?.connectors[0]?.id ?? 1
  const status = evse ? plugStatusOf(evse.status) : 'unknown'
  const look = statusLooks[status]
  const wallet = werenode && card

  const ask = async (maxAmountMicro: bigint): Promise<void> => {
    if (!evse) return
    setQuote(undefined)
    await keyRing.because(t('why.signIn'), async () => {
      const shown = await werenode.quote({ evseId: evse.evseId, connector, maxAmountMicro })
      setQuote(shown)
      setCredit((await werenode.credit()).creditMicro)
    })
  }
  // Asked anew for another plug, limit or wallet, when the plug stands otherwise, and when the page is come back to.
  useEffect(() => {
    if (turn > 0 && evse?.payable && wallet && online) void task.run('quote', () => ask(BigInt(limit)))
  }, [evse?.evseId, evse?.payable, evse?.status, limit, wallet?.address, online, turn])

  // The plug's status is as it stands, not as it was when the page was opened.
  const locationId = detail?.location.id
  // `again` keeps its identity
  useEffect(() => {
    if (locationId === undefined || !online) return
    const ending = new AbortController()
    const follow = async (): Promise<void> => {
      for await (const told of werenode.locations.live({ locationId, signal: ending.signal }))
        if (told.what === 'status') plug.again()
    }
    follow().catch(() => undefined)
    return () => ending.abort()
  }, [werenode, locationId, online])

  const begin = (): void =>
    void task.run('start', async () => {
      let good = quote
      if (!good || !evse) return
      if (good.expiresAt.getTime() < Date.now() + 5_000) {
        good = await werenode.quote({ evseId: evse.evseId, connector, maxAmountMicro: BigInt(limit) })
        setQuote(good)
        // A price that changed meanwhile is shown before it is signed.
        if (good.terms.pricePerKWh !== quote?.terms.pricePerKWh) return
      }
      const agreed = good
      const view = await keyRing.because(t('why.charge'), () => werenode.open(agreed))
      charges.follow(view)
      router.replace(`/charge/${view.id}`)
    })
  const free = quote?.free === true
  const short = quote && credit !== undefined && !free && credit < quote.maxAmountMicro
  const missing = short ? quote.maxAmountMicro - credit : 0n
  const lower = credit !== undefined && credit >= 1_000_000n ? (credit / 1_000_000n) * 1_000_000n : undefined
  const price = detail && tariffInWords(detail.tariffs[evse?.connectors[0]?.tariffIds[0] ?? ''], locale)
  const otherLimit = limits.every((one) => one !== limit)

  return (
    <Screen
      title={evse ? format.evseId(evse.evseId) : t('plug.title', { id: text })}
      foot={
        evse?.payable &&
        (!wallet ? (
          <>
            <Text as="small" tone="muted">
              {t('plug.noWallet')}
            </Text>
            <Button
              icon="wallet"
              label={t('wallet.create')}
              testID="to-wallet"
              onPress={() => router.push('/wallet/create')}
            />
          </>
        ) : quote && !short ? (
          <Slide label={t('plug.slide')} busyLabel={t('plug.slideBusy')} busy={task.busy === 'start'} onDone={begin} />
        ) : undefined)
      }
    >
      {plug.problem !== undefined && <Problem error={plug.problem} again={plug.again} />}
      {plug.loading && !detail && <Text tone="muted">{t('progress.loading')}…</Text>}
      {detail && evse && (
        <>
          <Card>
            <View style={{ flexDirection: 'row', gap: theme.space.m, alignItems: 'center' }}>
              <View
                style={{
                  width: 48,
                  height: 48,
                  borderRadius: 24,
                  alignItems: 'center',
                  justifyContent: 'center',
                  backgroundColor: theme[look.tone].soft,
                }}
              >
                <Icon name={look.icon} colour={theme[look.tone].onSoft} />
              </View>
              <View style={{ flex: 1 }}>
                <Text as="bodyStrong" testID="status">
                  {t(look.messageKey)}
                </Text>
                <Text tone="muted">{detail.location.name}</Text>
              </View>
            </View>
            {evse.connectors.map((one) => (
              <Text key={one.id} tone="muted">
                {t('connector.upTo', { connector: t(`connector.${one.standard}`), power: format.power(one.maxPowerW) })}{' '}
                · {t(`connector.format.${one.format}`)}
              </Text>
            ))}
            {price !== undefined && (
              <Text as="subheading" testID="price">
                {price.short}
              </Text>
            )}
            {!quote &&
              price?.lines.map((line) => (
                <Text key={line} as="small" tone="muted">
                  {line}
                </Text>
              ))}
          </Card>
          {!evse.payable && <Notice kind="info" what={t('find.notPayable')} />}
          {evse.payable && !['available', 'charging', 'unknown'].includes(status) && (
            <Notice kind="warning" what={t('plug.busy', { status: t(look.messageKey) })} />
          )}
          {!online && <Notice kind="offline" what={t('app.offlineShort')} />}
          {evse.payable && wallet && (
            <>
              {!free && (
                <Choice
                  label={t('plug.limit')}
                  value={limit}
                  options={[
                    ...limits.map((value) => ({ value: value as string, label: format.money(value) })),
                    ...(otherLimit ? [{ value: limit, label: format.money(limit) }] : []),
                  ]}
                  onChange={setLimit}
                />
              )}
              {task.busy === 'quote' && !quote && <Text tone="muted">{t('plug.askingPrice')}…</Text>}
              {quote && <QuoteCard quote={quote} />}
              {credit !== undefined && !free && !short && (
                <Text as="small" tone="muted">
                  {t('plug.yourCredit', { amount: format.money(credit) })}
                </Text>
              )}
              {short && credit !== undefined && (
                <Notice
                  kind="warning"
                  testID="not-enough"
                  what={t('plug.notEnough', {
                    credit: format.money(credit),
                    amount: format.money(quote.maxAmountMicro),
                  })}
                  todo={t('plug.notEnoughDo', { missing: format.money(missing, { rounding: 'up' }) })}
                >
                  <Button
                    icon="plus"
                    label={t('wallet.add')}
                    testID="add-money"
                    onPress={() => router.push(`/wallet/add?missing=${missing}`)}
                    style={{ marginTop: theme.space.s }}
                  />
                  {lower !== undefined && (
                    <Button
                      kind="secondary"
                      label={t('plug.lowerTo', { amount: format.money(lower) })}
                      onPress={() => setLimit(lower.toString())}
                    />
                  )}
                </Notice>
              )}
              <Problem error={task.problem} again={() => void task.run('quote', () => ask(BigInt(limit)))} />
            </>
          )}
        </>
      )}
    </Screen>
  )
}
