import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StationOptions } from '@werenode/simulator'
import type { Logger } from 'pino'
import { demoStations } from '../demo/stations.ts'
import { type KeptProcess, keepProcess } from './kept-process.ts'

/** The demo's stations as the simulator takes them: a car comes when a charge is started, and leaves after it. */
export const demoSimulation = (
  ocppUrl: string,
  passwords: Readonly<Record<string, string>>,
  stateFolder: string,
): readonly StationOptions[] =>
  demoStations
    .filter(({ byHand }) => byHand !== true)
    .map(({ stationId, version, evseIds, connector }) => ({
      id: stationId,
      url: ocppUrl,
      version,
      password: passwords[stationId]!,
      evses: evseIds.length,
      maxPowerW: connector.maxPowerW,
      dc: connector.powerType === 'DC',
      phases: connector.powerType === 'AC_1_PHASE' ? 1 : 3,
      meterIntervalS: 2,
      auto: true,
      stateFile: join(stateFolder, `${stationId}.json`),
    }))

/** Runs simulated stations in a process of their own, which speaks OCPP over WebSocket like any other station. */
export const startSimulatedStations = (options: {
  readonly stations: readonly StationOptions[]
  readonly folder: string
  readonly log: Logger
}): Promise<KeptProcess> =>
  keepProcess({
    program: fileURLToPath(new URL('./main.ts', import.meta.resolve('@werenode/simulator'))),
    ordersOption: '--stations',
    ordersFile: join(options.folder, 'stations.json'),
    orders: options.stations,
    what: 'simulated stations',
    log: options.log,
  })
