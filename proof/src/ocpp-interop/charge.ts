import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { type Bus, type EventEnvelope, type StationReply, type Store, stationCommandSubject } from '@werenode/core'
import { registerStation } from '@werenode/ocpp'

/** How to start somebody else's station: `command ...args URL IDENTITY PASSWORD VERSION`. */
export interface Foreign {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export interface Charged {
  readonly startWh: number | undefined
  readonly endWh: number | undefined
  readonly readings: number
  readonly reason: string | undefined
}

const patienceMs = 40_000

/** One whole charge by a foreign station: it boots, is started and stopped from here, and leaves. Its own words go to `transcript`. */
export const chargeWith = async (
  { store, bus, url }: { store: Store; bus: Bus; url: string },
  { name, command, args, env }: Foreign,
  version: string,
  transcript: string,
): Promise<Charged> => {
  const identity = `${name.toUpperCase()}-${version}`
  const { password } = await registerStation({ store, clock: () => new Date() }, { stationId: identity })
  const events: EventEnvelope[] = []
  let look = (): void => undefined
  const untap = bus.tap(['station.*', 'transaction.*'], (event) => {
    if ((event.data as { stationId?: string }).stationId !== identity) return
    events.push(event)
    look()
  })
  const child = spawn(command, [...args, url, identity, password!, version], { env: { ...process.env, ...env } })
  let words = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      words += chunk.toString()
    })
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const { promise: late, reject } = Promise.withResolvers<never>()
  const limit = setTimeout(() => reject(new Error(`${name} ${version} was not done in time`)), patienceMs)
  const gone = exit.then((code) => {
    if (code !== 0) throw new Error(`${name} ${version} ended with code ${code}:\n${words.slice(-3_000)}`)
  })
  gone.catch(() => undefined)
  const heard = <T extends EventEnvelope['type']>(type: T, count = 1): Promise<EventEnvelope<T>> =>
    new Promise((resolve) => {
      look = () => {
        const all = events.filter((event) => event.type === type) as EventEnvelope<T>[]
        if (all.length >= count) resolve(all.at(-1)!)
      }
      look()
    })
  /** Whatever goes wrong first ends the wait. */
  const until = <T>(promise: Promise<T>): Promise<T> => Promise.race([promise, late, gone.then(() => promise)])
  const order = async (what: object): Promise<void> => {
    const reply = await bus.request<StationReply>(stationCommandSubject(identity), what)
    if (!reply.accepted) throw new Error(`${name} ${version} declined: ${reply.reason}`)
  }

  try {
    await until(heard('station.booted'))
    await until(heard('station.status'))
    await until(
      order({
        verb: 'start',
        evse: 1,
        connector: 1,
        sessionId: `0x${'1'.repeat(64)}`,
        idTag: 'PROOF1',
        remoteStartId: 7,
      }),
    )
    const { transactionId } = (await until(heard('transaction.started'))).data
    await until(heard('transaction.meter', 3))
    await until(order({ verb: 'stop', transactionId }))
    await until(heard('transaction.ended'))
    await until(gone)
  } finally {
    clearTimeout(limit)
    child.kill('SIGKILL')
    await exit
    await untap()
    writeFileSync(transcript, words)
  }
  const only = <T extends EventEnvelope['type']>(type: T) =>
    events.filter((event) => event.type === type) as EventEnvelope<T>[]
  return {
    startWh: only('transaction.started')[0]?.data.registerWh,
    endWh: only('transaction.ended')[0]?.data.registerWh,
    readings: only('transaction.meter').length,
    reason: only('transaction.ended')[0]?.data.reason,
  }
}
