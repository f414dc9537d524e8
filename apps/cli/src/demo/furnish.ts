import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Catalogue, NewLocation } from '@werenode/api'
import { type Clock, type Party, parseEvseId, type Store } from '@werenode/core'
import { registerStation } from '@werenode/ocpp'
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

/** Passwords of the simulated stations, made once and kept beside the data, readable by their owner alone. */
const passwordsIn = async (file: string): Promise<Readonly<Record<string, string>>> => {
  let known: Record<string, string> = {}
  try {
    known = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
  } catch (error) {
    // The first start has none; a file that cannot be read is made anew, and the stations get new passwords.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error
  }
  const whole = Object.fromEntries(
    demoStations.map(({ stationId }) => [stationId, known[stationId] ?? randomBytes(16).toString('base64url')]),
  )
  if (JSON.stringify(whole) === JSON.stringify(known)) return whole
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.new`, `${JSON.stringify(whole, null, 2)}\n`, { mode: 0o600 })
  await chmod(`${file}.new`, 0o600)
  await rename(`${file}.new`, file)
  return whole
}

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
  const passwords = await passwordsIn(passwordFile)
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
