import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import getPort from 'get-port'
import mqtt, { type MqttClient } from 'mqtt'
import { afterEach, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'werenode-mqtt-kill-'))
let child: ChildProcess | undefined
let device: MqttClient | undefined
const answers: { resolve(told: unknown): void; reject(error: Error): void }[] = []

const next = (): Promise<unknown> => new Promise((resolve, reject) => answers.push({ resolve, reject }))
const startVictim = async (port: number): Promise<void> => {
  const victim = join(import.meta.dirname, 'victim.ts')
  child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', victim, folder, String(port)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  createInterface({ input: child.stdout! }).on('line', (line) => answers.shift()?.resolve(JSON.parse(line)))
  child.once('exit', (code) => {
    for (const { reject } of answers.splice(0)) reject(new Error(`The service ended with ${code}`))
  })
  expect(await next()).toBe('ready')
}
const order = (text: string): Promise<unknown> => {
  const told = next()
  child!.stdin!.write(`${text}\n`)
  return told
}
const kill = async (): Promise<void> => {
  const gone = new Promise((resolve) => child!.once('exit', resolve))
  child!.kill('SIGKILL')
  await gone
}

afterEach(async () => {
  await device?.endAsync(true)
  if (child?.exitCode === null && child.signalCode === null) await kill()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

it('killed again and again, it loses no acknowledged reading and doubles no start', async () => {
  const port = await getPort({ host: '127.0.0.1' })
  await startVictim(port)
  let isOn = false
  let kwh = 1.5
  const acknowledged: number[] = []
  const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
    username: 'P1',
    password: 'password-of-P1',
    clientId: 'P1',
    reconnectPeriod: 50,
    queueQoSZero: false,
  })
  device = client
  client.on('error', () => undefined)
  const say = (topic: string, payload: string): Promise<boolean> =>
    new Promise((resolve) => client.publish(topic, payload, { qos: 1 }, (error) => resolve(!error)))
  const tell = (): void => {
    void say('stat/tasmota_P1/RESULT', JSON.stringify({ POWER: isOn ? 'ON' : 'OFF' }))
  }
  client.on('connect', () => {
    client.subscribe('cmnd/tasmota_P1/#', { qos: 1 })
    tell()
  })
  client.on('message', (topic, payload) => {
    if (topic.endsWith('/POWER1') && payload.length > 0) isOn = payload.toString() === 'ON'
    if (topic.endsWith('/POWER1')) tell()
  })
  // Readings one after the other, for as long as the test lasts; what comes back is what the device may forget.
  let isOver = false
  const reporting = (async () => {
    while (!isOver) {
      // Slower than its rating allows, so that every step is believed.
      if (isOn) kwh = Math.round((kwh + 0.000_001) * 1e6) / 1e6
      const mine = kwh
      const reading = JSON.stringify({ ENERGY: { Total: mine, Power: isOn ? 1_800 : 0 } })
      if (client.connected && (await say('tele/tasmota_P1/SENSOR', reading))) acknowledged.push(mine * 1000)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })()
  const moreThan = async (count: number): Promise<void> => {
    const wanted = acknowledged.length + count
    for (let waitedMs = 0; acknowledged.length < wanted; waitedMs += 20) {
      if (waitedMs > 20_000) throw new Error(`Only ${acknowledged.length} readings of ${wanted} were acknowledged`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  await moreThan(5)
  expect(await order('start')).toEqual({ accepted: true })
  for (let round = 0; round < 3; round += 1) {
    await moreThan(10)
    // Somewhere between two lines.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 30))
    await kill()
    await startVictim(port)
  }
  await moreThan(10)
  isOver = true
  await reporting
  const seen = (await order('look')) as {
    counters: readonly number[]
    registers: readonly number[]
    started: number
    transactions: readonly { state: string; startWh: number }[]
    live: { registerWh: number; status: string }
  }
  const kept = new Set(seen.counters.map((counter) => Math.round(counter * 1000)))
  expect(acknowledged.filter((counter) => !kept.has(Math.round(counter * 1000)))).toEqual([])
  expect(acknowledged.length).toBeGreaterThan(40)
  // The register never falls, and the charge is one charge.
  expect([...seen.registers].sort((a, b) => a - b)).toEqual(seen.registers)
  expect(seen.transactions).toMatchObject([{ state: 'open' }])
  expect(seen.started).toBe(1)
  expect(isOn).toBe(true)
}, 90_000)
