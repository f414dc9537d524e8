import type { Addressed } from './control/protocol.ts'
import type { StationOptions } from './station/options.ts'
import { createStateWriter, readState, type StationState } from './station/state-file.ts'
import { createStation, type Emit, type SimStation } from './station/station.ts'

/** Several stations in one process. */
export interface Fleet {
  start(): void
  /** Carries a command out; what it resolves with is merged into the reply. */
  perform(command: Addressed): Promise<Record<string, unknown>>
  stop(): void
}

/** The stations that share a state file. */
interface Shelf {
  readonly stations: SimStation[]
  dirty: boolean
  readonly write: (states: readonly StationState[]) => void
}

export const createFleet = (
  stations: readonly StationOptions[],
  { emit, tickMs }: { emit: (station: string, event: string, data: Record<string, unknown>) => void; tickMs: number },
): Fleet => {
  const files = new Map<string, Shelf>()
  const byId = new Map<string, SimStation>()
  for (const options of stations) {
    const { stateFile } = options
    const shelf =
      stateFile === undefined
        ? undefined
        : (files.get(stateFile) ?? { stations: [], dirty: false, write: createStateWriter(stateFile) })
    const stationEmit: Emit = (event, data) => emit(options.id, event, data)
    const saved = stateFile === undefined ? undefined : readState(stateFile).get(options.id)
    const station = createStation(options, {
      emit: stationEmit,
      saved,
      onChange: () => {
        if (shelf) shelf.dirty = true
      },
    })
    if (byId.has(options.id)) throw new Error(`Two stations are called ${options.id}`)
    byId.set(options.id, station)
    shelf?.stations.push(station)
    if (shelf) files.set(stateFile!, shelf)
  }
  let last = performance.now()
  let lastSave = 0
  let timer: NodeJS.Timeout | undefined

  const save = (always: boolean): void => {
    for (const shelf of files.values())
      if (shelf.dirty || always) {
        shelf.dirty = false
        shelf.write(shelf.stations.map((station) => station.snapshot()))
      }
  }

  const tick = (): void => {
    const now = performance.now()
    for (const station of byId.values()) station.tick(now - last)
    last = now
    // Registers move all the time; what changes otherwise is written at the next tick.
    save(now - lastSave > 1_000)
    if (now - lastSave > 1_000) lastSave = now
  }

  const named = (id: string | undefined): SimStation => {
    const station = id === undefined && byId.size === 1 ? byId.values().next().value : byId.get(id ?? '')
    if (!station)
      throw new Error(`There is no station "${id ?? ''}" here; name one of ${[...byId.keys()].slice(0, 20).join(', ')}`)
    return station
  }

  return {
    start: () => {
      for (const station of byId.values()) station.powerOn()
      last = performance.now()
      timer = setInterval(tick, tickMs)
    },
    perform: async (command) => {
      if (command.do === 'state' && command.station === undefined && byId.size > 1)
        return { state: [...byId.values()].map((station) => station.describe()) }
      const station = named(command.station)
      const evse = 'evse' in command ? (command.evse ?? 1) : 1
      switch (command.do) {
        case 'plugIn':
          station.plugIn(evse, command.car)
          return {}
        case 'plugOut':
          station.plugOut(evse)
          return {}
        case 'card':
          return { accepted: await station.card(evse, command.idTag) }
        case 'stopButton':
          station.stopButton(evse)
          return {}
        case 'offline':
        case 'online':
        case 'powerCut':
        case 'powerOn':
          station[command.do]()
          return {}
        case 'misbehave':
          station.setHabits(command.on ?? [], command.off ?? [])
          return {}
        case 'fault':
          station.fault(evse, command.on)
          return {}
        case 'call':
          return { answer: await station.call(command.action, command.payload ?? {}) }
        case 'raw':
          station.raw(command.text)
          return {}
        case 'state':
          return { state: station.describe() }
        default:
          throw new Error(`There is no command "${(command as { do: string }).do}"`)
      }
    },
    stop: () => {
      clearInterval(timer)
      save(true)
      for (const station of byId.values()) station.offline()
    },
  }
}
