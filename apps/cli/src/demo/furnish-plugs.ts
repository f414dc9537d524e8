import type { Catalogue, NewLocation } from '@werenode/api'
import { parseEvseId } from '@werenode/core'
import type { MqttService } from '@werenode/mqtt'
import { evseIdOf, type NodeParty, partyText } from './party.ts'
import { passwordsIn } from './passwords.ts'
import { type DemoPlug, demoPlugs } from './plugs.ts'
import { demoTariffs } from './tariffs.ts'

const locationOf = (plug: DemoPlug, party: NodeParty): NewLocation => ({
  ...plug.place,
  party: partyText(party),
  operatorName: party.name,
  countryCode: 'FR',
  timeZone: 'Europe/Paris',
  openingHours: '24/7',
  source: 'demo',
  evses: [
    {
      uid: plug.plugId,
      evseId: parseEvseId(evseIdOf(party, plug.evseId)),
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
  readonly party: NodeParty
  readonly mqtt: MqttService
  readonly passwordFile: string
}): Promise<Readonly<Record<string, string>>> => {
  const { catalogue, mqtt, party, passwordFile } = deps
  const { country_code, party_id } = party
  const passwords = await passwordsIn(
    passwordFile,
    demoPlugs.map(({ plugId }) => plugId),
  )
  const there = new Set(mqtt.plugs().map(({ _id }) => _id))
  await catalogue.putTariff({ ...demoTariffs.socket, country_code, party_id })
  for (const plug of demoPlugs) {
    await catalogue.putLocation(locationOf(plug, party))
    const { plugId, family, variables, ratedPowerW } = plug
    const password = passwords[plugId]!
    if (there.has(plugId)) await mqtt.rekey(plugId, password)
    else
      await mqtt.addPlug({
        plugId,
        family,
        variables,
        ratedPowerW,
        label: plug.place.name,
        party: partyText(party),
        password,
      })
  }
  return passwords
}
