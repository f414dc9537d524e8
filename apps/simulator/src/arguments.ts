import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ocmfCurves } from './meter-signature.ts'
import { readScenario, type Step } from './scenario/scenario.ts'
import type { SimVersion, StationOptions } from './station/options.ts'

export const usage = `Simulated charging stations, speaking OCPP over the wire.

  --url URL            where the server listens, e.g. ws://127.0.0.1:9000/ocpp/ (the identity is appended)
  --id ID              identity of the station
  --password TEXT      for security profile 1
  --version V          1.6 (default), 2.0.1 or 2.1
  --evses N            EVSEs, one connector each (1)
  --power W            most an EVSE gives (22000; 150000 on DC)
  --phases N           1 or 3 (3)
  --dc                 a DC station
  --register WH        every meter's register at first start (12345678)
  --interval S         seconds between meter values until the server sets another (60)
  --speed N            the stations' world runs N times as fast, its clock included (1)
  --plugged            a car stands at every plug
  --soc PERCENT        state of charge of arriving cars (30)
  --target PERCENT     at which they have enough (80)
  --battery WH         their battery (58000)
  --auto               a car comes when a remote start arrives, and leaves after its charge
  --misbehave A,B,...  bad habits; \`--misbehave list\` shows them
  --ocmf-key FILE      its meters sign OCMF with this key (PEM, made when missing)
  --ocmf-curve NAME    secp256r1 (default) or secp256k1, for a key that is made
  --state FILE         keeps registers, transactions and unsent messages over a restart
  --reconnect MS       first pause before reconnecting (1000)
  --reconnect-max MS   longest such pause (30000)
  --stations FILE      many stations: a JSON array of objects with the names above (id, version, evses, maxPowerW, ...)
  --count N            N stations, ID-1 to ID-N, with the same password
  --scenario FILE      a JSON array of steps to play; ends when it is played, with 1 when a step failed
  --frames             also tell every frame
  --tick MS            real time between two steps of the physics (100)
  --detached           go on when stdin ends

Commands come as lines on stdin, JSON ({"id":1,"do":"plugIn","evse":1}) or words (plugIn 1); help lists them. Events go out as JSON lines
on stdout.
`

export type Arguments =
  | { readonly want: 'help' }
  | { readonly want: 'misbehaviours' }
  | {
      readonly want: 'run'
      readonly stations: readonly StationOptions[]
      readonly frames: boolean
      readonly tickMs: number
      readonly detached: boolean
      readonly scenario: readonly Step[] | undefined
    }

/** Throws an Error with a sentence for the person at the keyboard. */
export const parseArguments = (argv: readonly string[]): Arguments => {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      url: { type: 'string' },
      id: { type: 'string' },
      password: { type: 'string' },
      version: { type: 'string', default: '1.6' },
      evses: { type: 'string' },
      power: { type: 'string' },
      phases: { type: 'string' },
      dc: { type: 'boolean' },
      register: { type: 'string' },
      interval: { type: 'string' },
      speed: { type: 'string' },
      plugged: { type: 'boolean' },
      soc: { type: 'string' },
      target: { type: 'string' },
      battery: { type: 'string' },
      auto: { type: 'boolean' },
      misbehave: { type: 'string' },
      'ocmf-key': { type: 'string' },
      'ocmf-curve': { type: 'string' },
      state: { type: 'string' },
      reconnect: { type: 'string' },
      'reconnect-max': { type: 'string' },
      stations: { type: 'string' },
      count: { type: 'string' },
      scenario: { type: 'string' },
      frames: { type: 'boolean', default: false },
      tick: { type: 'string' },
      detached: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return { want: 'help' }
  if (values.misbehave === 'list') return { want: 'misbehaviours' }

  const number = (name: keyof typeof values): number | undefined => {
    const text = values[name]
    if (typeof text !== 'string') return undefined
    const value = Number(text)
    if (!Number.isFinite(value)) throw new Error(`--${name} wants a number, not "${text}"`)
    return value
  }
  const car = { socPercent: number('soc'), targetSocPercent: number('target'), batteryWh: number('battery') }
  const common = defined({
    url: values.url,
    version: versionOf(values.version),
    password: values.password,
    evses: number('evses'),
    maxPowerW: number('power'),
    phases: number('phases') === 1 ? (1 as const) : undefined,
    dc: values.dc,
    registerWh: number('register'),
    meterIntervalS: number('interval'),
    speed: number('speed'),
    plugged: values.plugged,
    car: defined(car),
    auto: values.auto,
    misbehave: values.misbehave?.split(',').filter((name) => name !== ''),
    ocmfKey: values['ocmf-key'],
    ocmfCurve: ocmfCurves.find((curve) => curve === values['ocmf-curve']),
    stateFile: values.state,
    reconnectMs: number('reconnect'),
    reconnectMaxMs: number('reconnect-max'),
  })
  const stations =
    values.stations === undefined
      ? numbered({ ...common, id: values.id }, number('count'))
      : readStations(values.stations, common)
  return {
    want: 'run',
    stations: stations.map(complete),
    frames: values.frames,
    tickMs: number('tick') ?? 100,
    detached: values.detached,
    scenario: values.scenario === undefined ? undefined : readScenario(values.scenario),
  }
}

/** By the thousand: each with a number, and a state file of its own. */
const numbered = <T extends { id?: string | undefined; stateFile?: string }>(
  station: T,
  count: number | undefined,
): T[] =>
  count === undefined
    ? [station]
    : Array.from({ length: count }, (_, index) => ({ ...station, id: `${station.id ?? 'SIM'}-${index + 1}` }))

const versionOf = (text: string): SimVersion => {
  if (text === '1.6' || text === '2.0.1' || text === '2.1') return text
  throw new Error(`--version is 1.6, 2.0.1 or 2.1, not "${text}"`)
}

const readStations = (path: string, common: Partial<StationOptions>): Partial<StationOptions>[] => {
  const list = JSON.parse(readFileSync(path, 'utf8')) as unknown
  if (!Array.isArray(list)) throw new Error(`${path} must hold a JSON array of stations`)
  return list.map((station: Partial<StationOptions>) => ({ ...common, ...station }))
}

const complete = (station: { id?: string | undefined } & Partial<Omit<StationOptions, 'id'>>): StationOptions => {
  if (!station.id) throw new Error('Name the station with --id, or several with --stations FILE')
  if (!station.url)
    throw new Error(`Say with --url where station ${station.id} connects to, e.g. ws://127.0.0.1:9000/ocpp/`)
  return { ...station, id: station.id, url: station.url, version: station.version ?? '1.6' }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

const defined = <T extends Record<string, unknown>>(members: T): Defined<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>
