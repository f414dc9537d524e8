import mqtt, { type MqttClient } from 'mqtt'

/**
 * Plugs that only connect and report, in a process of their own so that their CPU is not counted. Told what to do by one line of JSON
 * on stdin. Says `connected`, waits for SIGUSR2, reports, and says `done` with the milliseconds an acknowledgement took.
 */
interface Task {
  readonly url: string
  readonly plugs: readonly { readonly username: string; readonly password: string; readonly topic: string }[]
  /** Readings a plug, one after the other. */
  readonly readings: number
}

const read = async (): Promise<Task> => {
  let text = ''
  for await (const chunk of process.stdin) {
    text += chunk
    if (text.includes('\n')) break
  }
  return JSON.parse(text.slice(0, text.indexOf('\n'))) as Task
}

const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

const task = await read()
const clients: { readonly client: MqttClient; readonly topic: string }[] = []
const reading = (count: number): string =>
  JSON.stringify({
    Time: '2026-11-22T16:09:13',
    ENERGY: {
      Total: (1_500_000 + count) / 1_000_000,
      Today: 0.1,
      Power: 170,
      Voltage: 231,
      Current: 0.74,
      Factor: 0.99,
    },
  })

const queue = [...task.plugs]
const lane = async (): Promise<void> => {
  for (let plug = queue.shift(); plug; plug = queue.shift()) {
    const client = await mqtt.connectAsync(task.url, {
      username: plug.username,
      password: plug.password,
      clientId: plug.username,
      reconnectPeriod: 0,
      keepalive: 300,
      connectTimeout: 120_000,
    })
    clients.push({ client, topic: plug.topic })
    // What happens once a plug (its coming online) is not what a reading costs.
    await client.publishAsync(plug.topic, reading(0), { qos: 1 })
    client.on('error', (error) => say({ trouble: error.message }))
  }
}
await Promise.all(Array.from({ length: 32 }, lane))
const took: number[] = []
process.on('SIGTERM', () => process.exit(0))
process.on('SIGUSR2', () => {
  void Promise.all(
    clients.map(async ({ client, topic }) => {
      for (let count = 1; count <= task.readings; count += 1) {
        const at = performance.now()
        await client.publishAsync(topic, reading(count), { qos: 1 })
        took.push(performance.now() - at)
      }
    }),
  ).then(() => {
    took.sort((a, b) => a - b)
    say({
      done: took.length,
      p50Ms: took[Math.floor(took.length * 0.5)] ?? 0,
      p99Ms: took[Math.floor(took.length * 0.99)] ?? 0,
    })
  })
})
// Last: from now on the signal is heard.
say({ connected: clients.length })
