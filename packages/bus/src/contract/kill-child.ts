import { writeSync } from 'node:fs'
import { type Doc, newEvent } from '@werenode/core'
import type { OpenedForKill } from './kill.ts'

/** Commits and consumes at once, prints what is acknowledged and what is handled, until it is killed. */
const [module, argument, run, writers] = process.argv.slice(2)
const { open } = (await import(module!)) as { open(argument: string): Promise<OpenedForKill> }
const { bus, store } = await open(argument!)
await store.define([{ name: 'kill_docs', indexes: [{ fields: ['subject'] }] }])

await bus.consume({ group: 'kill', types: ['station.*'] }, async (event) => {
  const { epoch } = event.data as { epoch: number }
  // Some fail the first time, so that kills also fall into retries.
  if (epoch % 11 === 5 && Math.random() < 0.5) throw new Error('once more')
  // Some take so long that their neighbours' acknowledgements are stored before they are done.
  if (epoch % 9 === 4) await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 200))
  writeSync(1, `handled ${event.subject} ${epoch}\n`)
})

const write = async (station: string): Promise<never> => {
  const subject = `station.${station}`
  for (let epoch = 0; ; epoch++) {
    const id = `${station}:${epoch}`
    const event = newEvent({
      id,
      type: 'station.connected',
      at: new Date(),
      subject,
      data: { stationId: station, protocol: 'ocpp1.6', epoch },
    })
    await bus.commit([{ op: 'insert', in: 'kill_docs', doc: { _id: id, subject } as Doc }], [event])
    writeSync(1, `committed ${subject} ${epoch}\n`)
  }
}
await Promise.all(Array.from({ length: Number(writers) }, (_, n) => write(`${run}-${n}`)))
