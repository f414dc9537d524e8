import { spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StationOptions } from '@werenode/simulator'
import type { Logger } from 'pino'
import { demoStations } from '../demo/stations.ts'

export interface SimulatedStations {
  stop(): Promise<void>
}

const pausesMs = [500, 2_000, 5_000, 15_000]

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

/**
 * Runs simulated stations in a process of their own, which speaks OCPP over WebSocket like any other station. It is started again
 * when it ends by itself, and ends with us, however we end: its standard input closes.
 */
export const startSimulatedStations = async (options: {
  readonly stations: readonly StationOptions[]
  readonly folder: string
  readonly log: Logger
}): Promise<SimulatedStations> => {
  const { stations, folder, log } = options
  const list = join(folder, 'stations.json')
  await mkdir(dirname(list), { recursive: true, mode: 0o700 })
  // In a file, so that passwords do not stand in the process list.
  await writeFile(list, JSON.stringify(stations), { mode: 0o600 })
  await chmod(list, 0o600)
  const program = fileURLToPath(new URL('./main.ts', import.meta.resolve('@werenode/simulator')))

  let stopping = false
  let attempt = 0
  let end: () => Promise<void> = async () => undefined

  const begin = (): void => {
    const startedAt = Date.now()
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, '--stations', list], {
      stdio: ['pipe', 'ignore', 'pipe'],
      // A group of its own: Ctrl-C in the terminal reaches us alone, and we end it in order.
      detached: true,
    })
    child.stdin.on('error', () => undefined)
    child.stderr.on('data', (chunk: Buffer) =>
      log.warn({ words: chunk.toString().trim().slice(0, 2000) }, 'The simulated stations complain'),
    )
    const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
    child.once('error', (error) => log.error({ err: error }, 'The simulated stations could not be started'))
    void gone.then(() => {
      if (stopping) return
      // A run of a minute was a good one: then the next pause is the shortest again.
      attempt = Date.now() - startedAt > 60_000 ? 0 : attempt + 1
      const pauseMs = pausesMs[Math.min(attempt, pausesMs.length - 1)]!
      log.error({ pauseMs }, 'The simulated stations ended by themselves; starting them again')
      const timer = setTimeout(begin, pauseMs)
      end = async () => clearTimeout(timer)
    })
    end = async () => {
      child.stdin.end()
      const hurry = setTimeout(() => child.kill('SIGKILL'), 3_000)
      await gone
      clearTimeout(hurry)
    }
  }
  begin()

  return {
    stop: async () => {
      stopping = true
      await end()
    },
  }
}
