import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PlugOptions } from '@werenode/simulator'
import type { Logger } from 'pino'
import { demoPlugs } from '../demo/plugs.ts'
import { type KeptProcess, keepProcess } from './kept-process.ts'

/** The demo's plugs as the simulator takes them: a car comes when a charge is started, and leaves after it. */
export const demoPlugSimulation = (
  mqttUrl: string,
  passwords: Readonly<Record<string, string>>,
  stateFolder: string,
): readonly PlugOptions[] =>
  demoPlugs.map(({ plugId, family, variables, ratedPowerW }) => ({
    id: plugId,
    url: mqttUrl,
    family,
    variables,
    username: plugId,
    password: passwords[plugId]!,
    maxPowerW: ratedPowerW,
    auto: true,
    stateFile: join(stateFolder, `${plugId}.json`),
  }))

/** Runs simulated plugs in a process of their own, which speaks MQTT over the wire like any other plug. */
export const startSimulatedPlugs = (options: {
  readonly plugs: readonly PlugOptions[]
  readonly folder: string
  readonly log: Logger
}): Promise<KeptProcess> =>
  keepProcess({
    program: fileURLToPath(new URL('./plugs-main.ts', import.meta.resolve('@werenode/simulator'))),
    ordersOption: '--plugs',
    ordersFile: join(options.folder, 'plugs.json'),
    orders: options.plugs,
    what: 'simulated plugs',
    log: options.log,
  })
