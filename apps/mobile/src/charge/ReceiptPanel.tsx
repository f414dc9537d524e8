import type { SessionView } from '@werenode/core'
import { View } from 'react-native'
import { giveFile } from '../device/files'
import { openPage } from '../device/links'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Icon } from '../look/Icon'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Fact } from '../look/Row'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useAnswer } from '../node/useAnswer'
import { useTask } from '../node/useTask'
import { useWords } from '../words/words'

/** A charge that is over: what was paid, what came back, and why anyone may believe it. */
export const ReceiptPanel = ({ view, onAgain }: { readonly view: SessionView; readonly onAgain: () => void }) => {
  const theme = useTheme()
  const { t, format, formatAt, locale } = useWords()
  const { werenode, node } = useApp()
  const task = useTask()
  const paid = view.paidMicro !== undefined && view.state === 'settled'
  const proof = useAnswer(paid ? `proof ${view.id}` : undefined, () =>
    werenode.api.getReceipt({ params: { sessionId: view.id } }),
  )
  const local = formatAt(view.timeZone)
  const failed = view.state === 'cancelled' || view.state === 'rejected'
  const returned = view.returnedMicro ?? (view.state === 'cancelled' ? view.limitMicro : '0')
  const checks = proof.value?.checks ?? []
  return (
    <>
      {failed ? (
        <Notice
          kind="warning"
          testID="failed"
          what={view.message === undefined ? t('charge.rejected') : t('charge.rejectedWhy', { why: view.message })}
          todo={t(`session.explain.${view.state}`)}
        />
      ) : null}
      <Card testID={`receipt-${view.state}`} style={{ alignItems: 'stretch' }}>
        <View style={{ alignItems: 'center', gap: theme.space.xs }}>
          <Icon
            name={failed ? 'refund' : 'checkCircle'}
            size={40}
            colour={failed ? theme.warning.text : theme.positive.text}
          />
          <Text as="bodyStrong">{t(`session.state.${view.state}`)}</Text>
          <Text as="amount" testID="paid">
            {failed ? format.money('0') : format.money(view.paidMicro ?? view.costMicro)}
          </Text>
          {BigInt(returned) > 0n && (
            <Text tone="positive" testID="returned">
              {t('charge.refunded', { amount: format.money(returned) })}
            </Text>
          )}
        </View>
        {!failed && (
          <>
            <Fact name={t('price.energy')} value={format.energy(view.energyWh)} />
            {view.startedAt !== undefined && view.endedAt !== undefined && (
              <>
                <Fact
                  name={t('receipt.duration')}
                  value={format.duration(Math.round((Date.parse(view.endedAt) - Date.parse(view.startedAt)) / 1000))}
                />
                <Fact
                  name={local.date(view.startedAt)}
                  value={`${local.time(view.startedAt)} – ${local.time(view.endedAt)}`}
                />
              </>
            )}
            {view.stopReason !== undefined && <Text tone="muted">{t(`session.stop.${view.stopReason}`)}</Text>}
          </>
        )}
        <Fact name={format.evseId(view.evseId)} value={view.locationName} />
      </Card>
      {paid && (
        <Card title={t('charge.proof')} testID="proof">
          {proof.value && (
            <Text testID={`proof-${proof.value.holds}`}>
              {t(
                proof.value.holds === 'holds'
                  ? 'charge.proofHolds'
                  : proof.value.holds === 'open'
                    ? 'charge.proofOpen'
                    : 'charge.proofBroken',
              )}
            </Text>
          )}
          {checks.length > 0 && (
            <Text tone="muted">
              {t('charge.proofSteps', { count: checks.filter(({ verdict }) => verdict === 'holds').length })}
            </Text>
          )}
          <Problem error={proof.problem} again={proof.again} />
          <Button
            kind="secondary"
            icon="download"
            label={t('receipt.download')}
            testID="pdf"
            busy={task.busy === 'pdf'}
            onPress={() =>
              void task.run('pdf', async () => {
                const pdf = await werenode.api.getReceiptPdf({ params: { sessionId: view.id }, query: { locale } })
                await giveFile(`werenode-${view.id.slice(2, 10)}.pdf`, 'application/pdf', pdf)
              })
            }
          />
          <Button
            kind="quiet"
            icon="externalLink"
            label={t('charge.proofPage')}
            onPress={() => void openPage(`${node}/r/${view.id}`)}
          />
          <Problem error={task.problem} />
        </Card>
      )}
      <Button kind="secondary" icon="bolt" label={t('charge.again')} onPress={onAgain} />
    </>
  )
}
