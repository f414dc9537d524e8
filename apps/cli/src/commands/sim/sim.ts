import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { emitKeypressEvents } from 'node:readline'
import { WerenodeError } from '@werenode/core'
import {
  commandIn,
  type Misbehaviour,
  misbehaviours,
  type SimEvent,
  type Simulator,
  spawnSimulator,
  wordsHelp,
} from '@werenode/simulator'
import { demoCard, demoStations } from '../../demo/stations.ts'
import { findNode } from '../../node/find-node.ts'
import { parseArguments } from '../../terminal/arguments.ts'
import type { Screen } from '../../terminal/screen.ts'
import { simSpec } from './spec.ts'
import { createWordLine } from './word-line.ts'

const byHand = demoStations.find((station) => station.byHand === true)!

/** One key, what it does, in words. */
const keys: readonly (readonly [key: string, words: string, press: (simulator: Simulator) => Promise<unknown>])[] = [
  ['p', 'plug the car in', (simulator) => simulator.send({ do: 'plugIn', evse: 1 })],
  ['u', 'unplug it', (simulator) => simulator.send({ do: 'plugOut', evse: 1 })],
  ['c', 'hold a card to the reader', (simulator) => simulator.send({ do: 'card', evse: 1, idTag: demoCard })],
  ['s', "press the station's stop button", (simulator) => simulator.send({ do: 'stopButton', evse: 1 })],
  ['o', 'cut the network', (simulator) => simulator.send({ do: 'offline' })],
  ['n', 'bring the network back', (simulator) => simulator.send({ do: 'online' })],
  ['x', 'cut the power', (simulator) => simulator.send({ do: 'powerCut' })],
  ['y', 'bring the power back', (simulator) => simulator.send({ do: 'powerOn' })],
  ['f', 'break the plug', (simulator) => simulator.send({ do: 'fault', evse: 1, on: true })],
  ['r', 'repair it', (simulator) => simulator.send({ do: 'fault', evse: 1, on: false })],
]

const passwordOf = async (folder: string): Promise<string> => {
  const file = join(folder, 'simulator', 'passwords.json')
  const passwords = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
  const password = passwords[byHand.stationId]
  if (password === undefined)
    throw new WerenodeError('not-found', `The node does not know the station ${byHand.stationId}`, {
      hint: 'Stop the server and start it again; it lets the station in.',
    })
  return password
}

/** What a station's event says, in words; undefined for what only machines read. */
const told = (event: SimEvent, screen: Screen): string | undefined => {
  const { paint, format } = screen
  switch (event.event) {
    case 'connected':
      return paint.positive('connected to the server')
    case 'admitted':
      return 'the server accepted the boot'
    case 'disconnected':
      return paint.warning(`connection lost: ${event.reason}`)
    case 'refused':
      return paint.danger(`refused with ${event.status}: ${event.words}`)
    case 'status':
      return `status ${paint.accent(event.status)}`
    case 'car':
      return event.plugged ? 'a car is plugged in' : 'the car is gone'
    case 'command':
      return `the server asks: ${paint.strong(event.action)} ${paint.muted(JSON.stringify(event.payload).slice(0, 120))}`
    case 'transaction':
      return `transaction ${event.transactionId ?? ''} ${event.state}${event.reason ? ` (${event.reason})` : ''}${
        event.energyWh === undefined ? '' : `, ${format.energy(Math.round(event.energyWh))}`
      }`
    case 'dropped':
      return paint.danger(`${event.action} was refused three times and given up: ${event.why}`)
    case 'trouble':
      return paint.danger(event.why)
    default:
      return undefined
  }
}

/** `npm run sim`: one station, real OCPP over the wire, driven by single keys. */
export const sim = async (args: readonly string[], screen: Screen): Promise<number> => {
  const { options } = parseArguments(simSpec, args)
  const { paint, print, format } = screen
  if (options.misbehave === 'list') {
    for (const [name, does] of Object.entries(misbehaviours)) print(`  ${name.padEnd(28)} ${does}`)
    return 0
  }
  const version = options.version ?? byHand.version
  if (version !== '1.6' && version !== '2.0.1' && version !== '2.1')
    throw new WerenodeError('invalid-input', `--version ${version} is not spoken by the simulator`, {
      hint: 'Use 1.6, 2.0.1 or 2.1.',
    })
  const habits = options.misbehave?.split(',') ?? []
  const unknown = habits.find((habit) => !Object.hasOwn(misbehaviours, habit))
  if (unknown !== undefined)
    throw new WerenodeError('invalid-input', `There is no habit "${unknown}"`, {
      hint: '`npm run sim -- --misbehave list` names them all.',
    })
  if (!process.stdin.isTTY)
    throw new WerenodeError('invalid-input', 'This command is played with single keys and needs a terminal', {
      hint: 'Run it in a terminal. Programs drive apps/simulator directly by JSON lines.',
    })
  const node = findNode(options.data)
  const simulator = await spawnSimulator({
    stations: [
      {
        id: byHand.stationId,
        url: node.ocpp!,
        version,
        password: await passwordOf(node.folder),
        evses: 1,
        maxPowerW: byHand.connector.maxPowerW,
        meterIntervalS: 2,
        misbehave: habits as Misbehaviour[],
      },
    ],
  })

  print(
    `${paint.strong(byHand.stationId)}, OCPP ${version}, plug ${paint.accent(byHand.evseIds[0]!)}: you are the station and the car.`,
  )
  print(keys.map(([key, words]) => `  ${paint.strong(key)}  ${words}`).join('\n'))
  print(
    `  ${paint.strong(':')}  type any command in words; ${paint.strong(':help')} lists them\n  ${paint.strong('q')}  leave`,
  )
  print(paint.muted(`Charge here from another terminal: ./werenode charge '${byHand.evseIds[0]}'\n`))

  const show = (): void => {
    for (const event of simulator.events) {
      if (event.event === 'meter') {
        const soc = event.socPercent === undefined ? '' : `, car at ${Math.round(event.socPercent)} %`
        screen.redraw(`  ${format.power(Math.round(event.powerW))}  ${format.energy(Math.round(event.energyWh))}${soc}`)
        continue
      }
      const words = told(event, screen)
      if (words !== undefined) print(`  ${paint.muted(new Date().toLocaleTimeString('fr-FR'))} ${words}`)
    }
    simulator.forget()
  }
  const looking = setInterval(show, 200)

  emitKeypressEvents(process.stdin)
  process.stdin.setRawMode(true)
  process.stdin.resume()
  try {
    await new Promise<void>((resolve) => {
      process.once('SIGTERM', () => resolve())
      const words = createWordLine({
        show: (text) => screen.redraw(`  :${text}`),
        run: async (line) => {
          if (line === 'quit') return resolve()
          if (line === 'help') return print(wordsHelp)
          print(`  ${paint.muted('you:')} ${line}`)
          const { id: _, ...command } = commandIn(line)
          const { reply: _reply, ok: _ok, ...told } = (await simulator.send(command)) as Record<string, unknown>
          if (Object.keys(told).length > 0) print(`  ${JSON.stringify(told)}`)
        },
        failed: (error) => print(`  ${paint.danger((error as Error).message)}`),
      })
      process.stdin.on('keypress', (text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
        if (!(key.ctrl && key.name === 'c') && words.take(text, key.name)) return
        if (key.name === 'q' || (key.ctrl && (key.name === 'c' || key.name === 'd'))) return resolve()
        const found = keys.find(([name]) => name === key.name)
        if (found === undefined) return
        print(`  ${paint.muted('you:')} ${found[1]}`)
        found[2](simulator).catch((error: unknown) => print(`  ${paint.danger((error as Error).message)}`))
      })
    })
  } finally {
    clearInterval(looking)
    process.stdin.setRawMode(false)
    process.stdin.pause()
    screen.clear()
    await simulator.stop()
  }
  return 0
}
