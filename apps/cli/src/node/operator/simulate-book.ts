import type { Bus } from '@werenode/core'
import type { Logger } from 'pino'
import { demoStations } from '../../demo/stations.ts'
import type { DataFolder } from '../folders.ts'
import type { Parts } from '../parts.ts'
import { plugsHeard } from '../plugs-heard.ts'
import { demoSimulation, startSimulatedStations } from '../simulated-stations.ts'

const plugsWithinMs = 20_000

/** Runs the demo's stations at an operator node that was given no plugs of its own. */
export const simulateBook = (deps: {
  readonly parts: Parts
  readonly bus: Bus
  readonly ocppUrl: string
  readonly passwords: Readonly<Record<string, string>>
  readonly data: DataFolder
  readonly log: Logger
}): Promise<{ readonly heard: number; readonly wanted: number }> => {
  const { parts, bus, ocppUrl, passwords, data, log } = deps
  return parts.add('simulated stations', async () => {
    const simulated = demoStations
      .filter(({ byHand }) => byHand !== true)
      .map(({ stationId, evseIds }) => ({ stationId, evses: evseIds.length }))
    const { heard, wanted } = plugsHeard(bus, simulated, plugsWithinMs)
    const stations = demoSimulation(ocppUrl, passwords, data.simulator)
    const { stop } = await startSimulatedStations({ stations, folder: data.simulator, log })
    return { part: { heard: await heard, wanted }, stop }
  })
}
