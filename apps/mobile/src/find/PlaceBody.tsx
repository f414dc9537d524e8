import { plugStatusOf, statusLooks } from '@werenode/design/plug'
import type { PlaceDetail } from '@werenode/map'
import { useRouter } from 'expo-router'
import { View } from 'react-native'
import { navigateTo } from '../device/links'
import { askToNotify } from '../device/notifications'
import { Button } from '../look/Button'
import { Icon } from '../look/Icon'
import { Notice } from '../look/Notice'
import { LinkRow } from '../look/Row'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useWords } from '../words/words'
import { tariffInWords } from './tariff-in-words'

/** What a place offers: its plugs as they stand now, directions, and a word when one is free. */
export const PlaceBody = ({ detail }: { readonly detail: PlaceDetail }) => {
  const theme = useTheme()
  const { t, format, locale } = useWords()
  const router = useRouter()
  const { settings, change } = useApp()
  const { location, tariffs } = detail
  const free = location.evses.filter(({ status }) => status === 'AVAILABLE').length
  const payable = location.evses.some((evse) => evse.payable)
  const waits = settings.waitingFor.includes(location.id)
  const wait = async (): Promise<void> => {
    change({
      waitingFor: waits
        ? settings.waitingFor.filter((id) => id !== location.id)
        : [...settings.waitingFor, location.id],
    })
    if (!waits) await askToNotify()
  }
  return (
    <View style={{ gap: theme.space.m }}>
      <Text tone="muted">
        {location.address}, {location.postalCode} {location.city}
      </Text>
      <Text as="small" tone="muted">
        {t('place.operatedBy', { operator: location.operatorName })}
        {location.openingHours === '24/7' ? ` · ${t('place.openAlways')}` : ''}
      </Text>
      <View style={{ flexDirection: 'row', gap: theme.space.s, flexWrap: 'wrap' }}>
        <Button
          kind="secondary"
          icon="directions"
          label={t('place.directions')}
          onPress={() => void navigateTo({ name: location.name, ...location.position })}
          style={{ flexGrow: 1 }}
        />
        {free === 0 && payable && (
          <Button
            kind="secondary"
            icon="bell"
            label={t(waits ? 'find.telling' : 'find.tellWhenFree')}
            testID="tell-when-free"
            onPress={() => void wait()}
            style={{ flexGrow: 1 }}
          />
        )}
      </View>
      {!payable && <Notice kind="info" what={t('find.notPayable')} />}
      <Text as="subheading" level={2}>
        {t('find.plugs')}
      </Text>
      <View>
        {location.evses.map((evse) => {
          const look = statusLooks[plugStatusOf(evse.status)]
          const connector = evse.connectors[0]
          const price = tariffInWords(tariffs[connector?.tariffIds[0] ?? ''], locale)?.short
          const under = [
            t(look.messageKey),
            connector &&
              t('connector.upTo', {
                connector: t(`connector.${connector.standard}`),
                power: format.power(connector.maxPowerW),
              }),
            price,
          ]
            .filter((fact) => fact !== undefined)
            .join(' · ')
          if (!evse.payable)
            return (
              <View
                key={evse.uid}
                style={{ flexDirection: 'row', gap: theme.space.m, alignItems: 'center', minHeight: 56 }}
              >
                <Icon name={look.icon} colour={theme[look.tone].text} />
                <View style={{ flex: 1 }}>
                  <Text as="bodyStrong">{format.evseId(evse.evseId)}</Text>
                  <Text as="small" tone="muted">
                    {under}
                  </Text>
                </View>
              </View>
            )
          return (
            <LinkRow
              key={evse.uid}
              icon={look.icon}
              title={format.evseId(evse.evseId)}
              under={under}
              testID={`plug-${evse.evseId}`}
              onPress={() => router.push(`/plug/${encodeURIComponent(evse.evseId)}`)}
            />
          )
        })}
      </View>
    </View>
  )
}
