import type { Catalogue, NewLocation } from '@werenode/api'
import { type Clock, type Party, parseEvseId, type Store } from '@werenode/core'
import { registerStation } from '@werenode/ocpp'
import { passwordsIn } from './passwords.ts'
import { type DemoStation, demoStations } from './stations.ts'
import { demoTariffs } from './tariffs.ts'

const party = 'FR*WRN' as Party
/** Lively enough to watch. */
const meterIntervalS = 2

const locationOf = (station: DemoStation): NewLocation => ({
  ...station.place,
  party,
  operatorName: 'Werenode demo',
  countryCode: 'FR',
  timeZone: 'Europe/Paris',
  openingHours: '24/7',
  source: 'demo',
  evses: station.evseIds.map((evseId, index) => ({
    uid: `${station.stationId}-${index + 1}`,
    evseId: parseEvseId(evseId),
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
  readonly passwordFile: string
}): Promise<Readonly<Record<string, string>>> => {
  const { store, clock, catalogue, passwordFile } = deps
  const passwords = await passwordsIn(
    passwordFile,
    demoStations.map(({ stationId }) => stationId),
  )
  for (const tariff of Object.values(demoTariffs)) await catalogue.putTariff(tariff)
  for (const station of demoStations) {
    await catalogue.putLocation(locationOf(station))
    await registerStation(
      { store, clock },
      {
        stationId: station.stationId,
        label: station.place.name,
        party,
        securityProfile: 1,
        password: passwords[station.stationId]!,
        meterIntervalS,
        maxPowerW: station.connector.maxPowerW,
      },
    )
  }
  return passwords
}
