import type { ConnectorStandard } from '@werenode/core'
import { useState } from 'react'
import { View } from 'react-native'
import { keepVehicles } from '../find/useUsualCar'
import { Button, IconButton } from '../look/Button'
import { Card } from '../look/Card'
import { Chip, ChipRow } from '../look/Chips'
import { Field } from '../look/Field'
import { Icon } from '../look/Icon'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useAnswer } from '../node/useAnswer'
import { useTask } from '../node/useTask'
import { useWords } from '../words/words'

const standards = [
  'IEC_62196_T2',
  'IEC_62196_T2_COMBO',
  'CHADEMO',
  'DOMESTIC_E',
] as const satisfies readonly ConnectorStandard[]

/** The driver's cars; the usual one prices "my charge". */
export const VehiclesScreen = () => {
  const theme = useTheme()
  const { t, format } = useWords()
  const { werenode, keyRing, online } = useApp()
  const [name, setName] = useState('')
  const [battery, setBattery] = useState('')
  const [plugs, setPlugs] = useState<readonly ConnectorStandard[]>(['IEC_62196_T2_COMBO', 'IEC_62196_T2'])
  const [usual, setUsual] = useState(true)
  const task = useTask()
  const list = useAnswer(`vehicles ${online}`, () =>
    keyRing.because(t('why.signIn'), async () => {
      const { items } = await werenode.api.listVehicles()
      keepVehicles(items)
      return items
    }),
  )
  const kWh = Number(battery.replace(',', '.'))
  const good = name.trim() !== '' && plugs.length > 0 && (battery === '' || (kWh >= 1 && kWh <= 500))
  const add = (): void =>
    void task.run('add', async () => {
      await werenode.api.addVehicle({
        body: {
          name: name.trim(),
          standards: plugs,
          usual,
          ...(battery === '' ? {} : { batteryWh: Math.round(kWh * 1000) }),
        },
      })
      setName('')
      setBattery('')
      list.again()
    })
  return (
    <Screen title={t('account.vehicles')}>
      <Problem error={list.problem} again={list.again} />
      {list.value?.map((vehicle) => (
        <Card key={vehicle.id}>
          <View style={{ flexDirection: 'row', gap: theme.space.m, alignItems: 'center' }}>
            <Icon name={vehicle.usual ? 'starFilled' : 'car'} colour={theme.accent.text} />
            <View style={{ flex: 1 }}>
              <Text as="bodyStrong">{vehicle.name}</Text>
              <Text as="small" tone="muted">
                {[
                  vehicle.batteryWh === undefined ? undefined : format.energy(vehicle.batteryWh),
                  ...vehicle.standards.map((standard) => t(`connector.${standard}`)),
                ]
                  .filter((fact) => fact !== undefined)
                  .join(' · ')}
              </Text>
            </View>
            <IconButton
              icon="trash"
              label={`${t('action.remove')} ${vehicle.name}`}
              onPress={() =>
                void task.run('remove', async () => {
                  await werenode.api.removeVehicle({ params: { vehicleId: vehicle.id } })
                  list.again()
                })
              }
            />
          </View>
        </Card>
      ))}
      <Problem error={task.problem} />
      {list.value !== undefined && (
        <Card title={t('account.vehicleAdd')}>
          <Field label={t('account.vehicleName')} value={name} onChangeText={setName} />
          <Field label={t('account.vehicleBattery')} value={battery} onChangeText={setBattery} inputMode="decimal" />
          <Text as="label">{t('account.vehiclePlug')}</Text>
          <ChipRow label={t('account.vehiclePlug')}>
            {standards.map((standard) => (
              <Chip
                key={standard}
                label={t(`connector.${standard}`)}
                on={plugs.includes(standard)}
                onPress={() =>
                  setPlugs(plugs.includes(standard) ? plugs.filter((one) => one !== standard) : [...plugs, standard])
                }
              />
            ))}
          </ChipRow>
          <Chip label={t('account.vehicleUsual')} on={usual} onPress={() => setUsual(!usual)} />
          <Button
            icon="plus"
            label={t('account.vehicleAdd')}
            disabled={!good}
            busy={task.busy === 'add'}
            onPress={add}
          />
        </Card>
      )}
    </Screen>
  )
}
