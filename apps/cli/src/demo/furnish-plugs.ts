import type { Catalogue, NewLocation } from '@werenode/api'
import { type Party, parseEvseId } from '@werenode/core'
import type { MqttService } from '@werenode/mqtt'
import { passwordsIn } from './passwords.ts'
import { type DemoPlug, demoPlugs } from './plugs.ts'
import { demoTariffs } from './tariffs.ts'

const party = 'FR*WRN' as Party

const locationOf = (plug: DemoPlug): NewLocation => ({
  ...plug.place,
  party,
  operatorName: 'Werenode demo',
  countryCode: 'FR',
  timeZone: 'Europe/Paris',
  openingHours: '24/7',
  source: 'demo',
  evses: [
    {
      uid: plug.plugId,
      evseId: parseEvseId(plug.evseId),
      payable: true,
      station: { stationId: plug.plugId, evse: 1 },
      connectors: [{ id: 1, ...plug.connector, tariffIds: [plug.tariffId] }],
    },
  ],
})

/**
 * Puts the demo party's plugs into the house. A plug that is there stays as it is: it may be in the middle of a charge. Returns the
 * password of each, for the simulator.
 */
export const furnishDemoPlugs = async (deps: {
  readonly catalogue: Catalogue
  readonly mqtt: MqttService
  readonly passwordFile: string
}): Promise<Readonly<Record<string, string>>> => {
  const { catalogue, mqtt, passwordFile } = deps
  const passwords = await passwordsIn(
    passwordFile,
    demoPlugs.map(({ plugId }) => plugId),
  )
  const there = new Set(mqtt.plugs().map(({ _id }) => _id))
  await catalogue.putTariff(demoTariffs.socket)
  for (const plug of demoPlugs) {
    await catalogue.putLocation(locationOf(plug))
    const { plugId, family, variables, ratedPowerW } = plug
    const password = passwords[plugId]!
    if (there.has(plugId)) await mqtt.rekey(plugId, password)
    else await mqtt.addPlug({ plugId, family, variables, ratedPowerW, label: plug.place.name, party, password })
  }
  return passwords
}
