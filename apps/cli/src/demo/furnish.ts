import type { Catalogue, NewLocation } from '@werenode/api'
import { type Clock, parseEvseId, type Store } from '@werenode/core'
import { registerStation } from '@werenode/ocpp'
import { evseIdOf, type NodeParty, partyText } from './party.ts'
import { passwordsIn } from './passwords.ts'
import { type DemoStation, demoStations } from './stations.ts'
import { demoTariffs } from './tariffs.ts'

/** Lively enough to watch. */
const meterIntervalS = 2

const locationOf = (station: DemoStation, party: NodeParty): NewLocation => ({
  ...station.place,
  party: partyText(party),
  operatorName: party.name,
  countryCode: 'FR',
  timeZone: 'Europe/Paris',
  openingHours: '24/7',
  source: 'demo',
  evses: station.evseIds.map((evseId, index) => ({
    uid: `${station.stationId}-${index + 1}`,
    evseId: parseEvseId(evseIdOf(party, evseId)),
    payable: true,
    station: { stationId: station.stationId, evse: index + 1 },
    connectors: [{ id: 1, ...station.connector, tariffIds: [station.tariffId] }],
  })),
})

/**
 * Puts the demo party's tariffs, places and stations into the house. Idempotent: what is there already is not written again.
 * Returns the password of each station, for the simulator.
 */
export const furnishDemo = async (deps: {
  readonly store: Store
  readonly clock: Clock
  readonly catalogue: Catalogue
  readonly party: NodeParty
  readonly passwordFile: string
}): Promise<Readonly<Record<string, string>>> => {
  const { store, clock, catalogue, party, passwordFile } = deps
  const passwords = await passwordsIn(
    passwordFile,
    demoStations.map(({ stationId }) => stationId),
  )
  const { country_code, party_id } = party
  for (const tariff of Object.values(demoTariffs)) await catalogue.putTariff({ ...tariff, country_code, party_id })
  for (const station of demoStations) {
    await catalogue.putLocation(locationOf(station, party))
    await registerStation(
      { store, clock },
      {
        stationId: station.stationId,
        label: station.place.name,
        party: partyText(party),
        securityProfile: 1,
        password: passwords[station.stationId]!,
        meterIntervalS,
        maxPowerW: station.connector.maxPowerW,
      },
    )
  }
  return passwords
}
