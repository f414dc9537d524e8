import mqtt, { type MqttClient } from 'mqtt'
import { createWorldClock } from '../clock.ts'
import { type Car, createCar } from '../physics/car.ts'
import { advance, createSupply } from '../physics/supply.ts'
import { createPlugMemory } from './memory.ts'
import type { PlugCommand, PlugOptions } from './options.ts'
import type { PlugView, Said } from './voice.ts'
import { voices } from './voices/index.ts'

export interface SimPlug {
  start(): void
  /** Lets the plug's world go on by real ms. */
  tick(realMs: number): void
  perform(command: PlugCommand): Record<string, unknown>
  stop(): Promise<void>
}

export type PlugEmit = (event: string, data: Record<string, unknown>) => void

/** A plug (or small EVSE) with its relay, its counter, its timer and its radio; a car may stand at it. */
export const createSimPlug = (options: PlugOptions, emit: PlugEmit): SimPlug => {
  const voice = voices[options.family](options.variables)
  const clock = createWorldClock(options.speed ?? 1)
  const memory = createPlugMemory(options.stateFile)
  const supply = createSupply({
    dc: false,
    phases: 1,
    maxPowerW: options.maxPowerW ?? 2_300,
    registerWh: memory.read() ?? options.registerWh ?? 1_234.5,
  })
  const habits = new Set(options.misbehave ?? [])
  let car: Car | undefined = options.plugged ? createCar(options.car) : undefined
  let on = false
  let timerEndsAt = 0
  let reportS = options.reportS ?? 10
  let reportedAt = 0
  let offsetWh = 0
  let isPowered = true
  let client: MqttClient | undefined

  const view = (): PlugView => ({
    on,
    plugged: car !== undefined,
    powerW: supply.powerW,
    counterWh: (supply.registerWh - offsetWh) * (habits.has('unit-trap') ? 1000 : 1),
    voltageV: 231,
    temperatureC: habits.has('hot') ? 95 : 28 + supply.powerW / 200,
    timerS: timerEndsAt === 0 ? 0 : Math.max(0, (timerEndsAt - clock.now()) / 1000),
  })

  const say = (list: readonly Said[]): void => {
    if (!client?.connected) return
    for (const { topic, payload, retain = false } of list)
      client.publish(topic, payload, { qos: 1, retain }, (error) => {
        // Said into a lost connection: gone, as on a real plug.
        if (error) emit('lost', { topic })
      })
  }
  const report = (): void => {
    reportedAt = clock.now()
    memory.keep(supply.registerWh)
    say(voice.report(view()))
  }

  const turn = (wanted: boolean, by: string): void => {
    if (on === wanted) return
    on = wanted
    if (!on) timerEndsAt = 0
    if (options.auto) car = on ? createCar(options.car) : undefined
    if (on || !habits.has('stuck-relay')) supply.contactor = on ? 'closed' : 'open'
    advance(supply, car, 0.001)
    if (!on && supply.contactor === 'open') supply.powerW = 0
    memory.keep(supply.registerWh)
    emit('relay', { on, by, registerWh: Math.floor(supply.registerWh) })
    say(voice.switched(view()))
  }

  const hear = (topic: string, payload: string): void => {
    emit('command', { topic, payload })
    if (habits.has('deaf')) return
    let heard: ReturnType<typeof voice.hear>
    try {
      heard = voice.hear(topic, payload)
    } catch (error) {
      emit('trouble', { why: `Not understood: ${(error as Error).message}` })
      return
    }
    if (!heard) return
    if (heard.reportS !== undefined) reportS = heard.reportS
    if (heard.relay !== undefined) turn(heard.relay, 'command')
    if (heard.timerS !== undefined) timerEndsAt = heard.timerS > 0 ? clock.now() + heard.timerS * 1000 : 0
    if (heard.answer) say(heard.answer(view()))
    if (heard.report) report()
  }

  const online = (): void => {
    if (client || !isPowered) return
    const { will } = voice
    client = mqtt.connect(options.url, {
      clientId: options.id,
      ...(options.username === undefined ? {} : { username: options.username }),
      ...(options.password === undefined ? {} : { password: options.password }),
      reconnectPeriod: options.reconnectMs ?? 1_000,
      keepalive: 30,
      queueQoSZero: false,
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: will.retain ?? false },
    })
    const mine = client
    mine.on('error', (error) => emit('trouble', { why: error.message }))
    mine.on('close', () => emit('disconnected', {}))
    mine.on('message', (topic, payload) => hear(topic, payload.toString()))
    mine.on('connect', () => {
      mine.subscribe([...voice.subscribe], { qos: 1 }, () => {
        emit('connected', {})
        say(voice.hello(view()))
        report()
      })
    })
  }
  /** As when the Wi-Fi is gone: no goodbye. */
  const offline = (): void => {
    const gone = client
    client = undefined
    gone?.end(true)
    gone?.stream?.destroy()
  }

  const powerCut = (): void => {
    offline()
    isPowered = false
    timerEndsAt = 0
    on = false
    supply.contactor = 'open'
    supply.powerW = 0
    if (habits.has('forgetful-counter')) offsetWh = supply.registerWh
  }

  return {
    start: online,
    tick: (realMs) => {
      if (!isPowered) return
      const before = supply.powerW
      if (timerEndsAt !== 0 && clock.now() >= timerEndsAt) turn(false, 'timer')
      advance(supply, supply.contactor === 'closed' ? car : undefined, (realMs / 1000) * clock.speed)
      const isJump = Math.abs(supply.powerW - before) > 50
      if (isJump || clock.now() - reportedAt >= reportS * 1000) report()
    },
    perform: (command) => {
      switch (command.do) {
        case 'plugIn':
          car = createCar({ ...options.car, ...command.car })
          return {}
        case 'plugOut':
          car = undefined
          supply.powerW = 0
          report()
          return {}
        case 'offline':
          offline()
          return {}
        case 'online':
          online()
          return {}
        case 'powerCut':
          powerCut()
          return {}
        case 'powerOn':
          isPowered = true
          if (habits.has('on-after-power-cut')) turn(true, 'power')
          online()
          return {}
        case 'button':
          turn(!on, 'button')
          return {}
        case 'resetCounter':
          offsetWh = supply.registerWh
          report()
          return {}
        case 'misbehave':
          for (const name of command.on ?? []) habits.add(name)
          for (const name of command.off ?? []) habits.delete(name)
          if (!habits.has('stuck-relay') && !on) supply.contactor = 'open'
          advance(supply, car, 0.001)
          report()
          return {}
        case 'state':
          return { state: { ...view(), connected: client?.connected ?? false } }
        case 'quit':
          return {}
        default:
          throw new Error(`There is no command "${(command as { do: string }).do}"`)
      }
    },
    stop: async () => {
      const gone = client
      client = undefined
      await gone?.endAsync(true)
    },
  }
}
