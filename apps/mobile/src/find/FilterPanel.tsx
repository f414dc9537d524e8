import type { ConnectorStandard } from '@werenode/core'
import type { MapState } from '@werenode/map'
import { View } from 'react-native'
import { Button } from '../look/Button'
import { Chip, ChipRow } from '../look/Chips'
import { Field } from '../look/Field'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useWords } from '../words/words'

const standards = [
  'IEC_62196_T2',
  'IEC_62196_T2_COMBO',
  'CHADEMO',
  'DOMESTIC_E',
] as const satisfies readonly ConnectorStandard[]
const powers = [0, 7_400, 22_000, 50_000, 150_000] as const

/** Everything a driver may ask of a place, and the charge whose price is asked for. */
export const FilterPanel = ({
  state,
  onStandard,
  onDone,
}: {
  readonly state: MapState
  readonly onStandard: (standard: ConnectorStandard) => void
  readonly onDone: () => void
}) => {
  const theme = useTheme()
  const { t, format } = useWords()
  const { map, settings, change } = useApp()
  const { filters } = state
  const percent = (text: string): number => Math.max(0, Math.min(100, Math.round(Number(text.replace(/\D/g, '')) || 0)))
  return (
    <View
      testID="filter-panel"
      style={{
        backgroundColor: theme.surface.overlay,
        borderRadius: theme.radius.l,
        borderWidth: 1,
        borderColor: theme.line.subtle,
        padding: theme.space.l,
        gap: theme.space.m,
      }}
    >
      <Text as="label">{t('filter.connector')}</Text>
      <ChipRow label={t('filter.connector')}>
        {standards.map((standard) => (
          <Chip
            key={standard}
            label={t(`connector.${standard}`)}
            on={filters.standards.includes(standard)}
            onPress={() => onStandard(standard)}
          />
        ))}
      </ChipRow>
      <Text as="label">{t('filter.power')}</Text>
      <ChipRow label={t('filter.power')}>
        {powers.slice(1).map((powerW) => (
          <Chip
            key={powerW}
            label={t('find.kw', { power: format.power(powerW) })}
            on={filters.minPowerW === powerW}
            onPress={() => map.filter({ minPowerW: filters.minPowerW === powerW ? 0 : powerW })}
          />
        ))}
      </ChipRow>
      <ChipRow label={t('filter.access')}>
        <Chip
          label={t('filter.openNow')}
          on={filters.openNow}
          onPress={() => map.filter({ openNow: !filters.openNow })}
        />
        <Chip label={t('price.free')} on={filters.free} onPress={() => map.filter({ free: !filters.free })} />
        <Chip
          label={t('place.access.disabled')}
          on={filters.accessible}
          onPress={() => map.filter({ accessible: !filters.accessible })}
        />
      </ChipRow>
      <Text as="label">{t('list.myCharge')}</Text>
      <View style={{ flexDirection: 'row', gap: theme.space.m }}>
        <View style={{ flex: 1 }}>
          <Field
            label={t('find.from')}
            inputMode="numeric"
            value={String(settings.from)}
            onChangeText={(text) => change({ from: percent(text) })}
          />
        </View>
        <View style={{ flex: 1 }}>
          <Field
            label={t('find.to')}
            inputMode="numeric"
            value={String(settings.to)}
            onChangeText={(text) => change({ to: percent(text) })}
          />
        </View>
      </View>
      <View style={{ flexDirection: 'row', gap: theme.space.m }}>
        <Button kind="quiet" label={t('filter.clear')} onPress={map.clearFilters} style={{ flex: 1 }} />
        <Button label={t('app.ok')} onPress={onDone} style={{ flex: 1 }} />
      </View>
    </View>
  )
}
