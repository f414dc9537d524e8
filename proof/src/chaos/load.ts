import { setTimeout as pause } from 'node:timers/promises'
import { type Doc, type EvseId, evseKey, type Store, type Stored, type WriteOp } from '@werenode/core'
import type { Simulator, SimVersion, StationOptions } from '@werenode/simulator'
import { createDriver, type DriverOutcome } from '../kill/driver.ts'

/** What is asked of the house while it is being hurt. */
export interface LoadPlan {
  /** Stations on the line, those at which is charged among them. */
  readonly stations: number
  /** Drivers who charge again and again, each at a station of their own: so many sessions run at once. */
  readonly lanes: number
  /** How long a charge takes, seconds of full power. */
  readonly chargeS: number
  readonly meterIntervalS: number
  /** How often a driver looks at the session, ms. */
  readonly pollMs: number
}

const powerW = 22_000
const place = 'WRN-LYON'
const model = 'WRN-LYON-1'

const stationName = (index: number): string => `CHAOS-${index + 1}`
const evseName = (index: number): EvseId => `FR*WRN*EC${String(index + 1).padStart(5, '0')}` as EvseId
const versionOf = (index: number): SimVersion => (index % 2 === 0 ? '1.6' : '2.0.1')

const insertAll = async (store: Store, ops: readonly WriteOp[]): Promise<void> => {
  for (let at = 0; at < ops.length; at += 500) await store.write(ops.slice(at, at + 500))
}

interface Place extends Doc {
  readonly evses: readonly Readonly<Record<string, unknown>>[]
}

/**
 * Puts stations and plugs into the store, made after those of the demo's Lyon: a station for each lane, with its place, and the rest without
 * one. All have the password of Lyon's; those without a place need none.
 */
export const seedStations = async (store: Store, { stations, lanes }: LoadPlan): Promise<void> => {
  const [station, location, found] = await Promise.all([
    store.get<Stored<Doc>>('ocpp_stations', model),
    store.get<Place>('api_locations', place),
    store.get<Stored<Doc>>('api_places', place),
  ])
  const evse = await store.get<Stored<Doc>>('api_evses', evseKey('FR*WRN*E000003' as EvseId))
  if (station === undefined || location === undefined || found === undefined || evse === undefined)
    throw new Error('The demo of this house has no Lyon any more: the load of this proof is made after it')
  const put = (where: string, { _rev, ...doc }: Stored<Doc>, change: object): WriteOp => ({
    op: 'put',
    in: where,
    doc: { ...doc, ...change } as Doc,
  })
  await insertAll(
    store,
    Array.from({ length: stations }, (_, i) => i).flatMap((i) => {
      const stationId = stationName(i)
      if (i >= lanes) return [put('ocpp_stations', station, { _id: stationId, securityProfile: 0, credentials: [] })]
      const id = `WRN-CHAOS-${i + 1}`
      const evseId = evseName(i)
      const [plug] = location.evses
      const evses = [{ ...plug, uid: `${stationId}-1`, evseId, station: { stationId, evse: 1 } }]
      return [
        put('ocpp_stations', station, { _id: stationId }),
        put('api_locations', location, { _id: id, id, evses }),
        put('api_places', found, { _id: id, id }),
        put('api_evses', evse, { _id: evseKey(evseId), evseId, locationId: id, stationId, evse: 1 }),
      ]
    }),
  )
}

/** The simulated stations of the plan. */
export const stationsOf = (
  { stations, lanes, meterIntervalS }: LoadPlan,
  url: string,
  password: string,
): readonly StationOptions[] =>
  Array.from({ length: stations }, (_, i) => ({
    id: stationName(i),
    version: versionOf(i),
    url,
    ...(i < lanes ? { password } : {}),
    evses: 1,
    maxPowerW: powerW,
    meterIntervalS,
    auto: true,
    reconnectMs: 300,
    reconnectMaxMs: 3_000,
  }))

export interface Crowd {
  readonly outcomes: readonly DriverOutcome[]
  /** Nobody begins another charge; resolves when all that run are over. */
  leave(): Promise<void>
  /** Sessions under way. */
  underWay(): number
}

/** Drivers at all lanes, each with an address of their own, as if they came from all over the country. */
export const startCrowd = async (
  plan: LoadPlan,
  origin: string,
  isOver: () => boolean,
  report: (line: string) => void,
): Promise<Crowd> => {
  const outcomes: DriverOutcome[] = []
  let leaving = false
  let underWay = 0
  const energyWh = Math.round((powerW * plan.chargeS) / 3600)
  let ready = 0
  // Each fills the credit by the faucet once; the chain takes them in batches.
  const lanes = Array.from({ length: plan.lanes }, async (_, i) => {
    await pause((i / plan.lanes) * Math.min(60_000, plan.lanes * 150))
    const driver = createDriver(origin, isOver, {
      address: `10.${1 + (i >> 8)}.${i & 255}.7`,
      pollMs: plan.pollMs,
    })
    await driver.prepare()
    ready += 1
    if (ready % 50 === 0) report(`${ready} drivers have credit`)
    return driver
  })
  const driving = lanes.map(async (coming, lane) => {
    const driver = await coming
    while (!leaving && !isOver()) {
      underWay += 1
      const late = Math.random() < 0.1
      const outcome = await driver.charge(evseName(lane), Math.round(energyWh * (0.7 + Math.random() * 0.6)), late)
      underWay -= 1
      outcomes.push(outcome)
      await pause(outcome.state === 'given-up' ? 2_000 : 300)
    }
  })
  // Whoever fails before the end is told at the end; meanwhile nobody waits for it.
  const all = Promise.all(driving)
  all.catch(() => undefined)
  await Promise.race([lanes[0], all])
  return {
    outcomes,
    underWay: () => underWay,
    leave: async () => {
      leaving = true
      await all
    },
  }
}

/** Resolves when so many stations of the simulator are connected. */
export const connectedStations = (simulator: Simulator): number => {
  const connected = new Set<string>()
  for (const { event, station } of simulator.events) {
    if (event === 'connected') connected.add(station)
    else if (event === 'disconnected') connected.delete(station)
  }
  return connected.size
}
