import { writeSync } from 'node:fs'
import type { Doc, Store } from '@werenode/core'

/** Writes batches from several writers at once and prints the name of each when it is acknowledged, until it is killed. */
const [module, argument, run, writers] = process.argv.slice(2)
const { open } = (await import(module!)) as { open(argument: string): Promise<Store> }
const store = await open(argument!)
await store.define([{ name: 'kill_docs', indexes: [{ fields: ['run'] }] }, { name: 'kill_last' }])

const doc = (fields: object): Doc => fields as Doc

/** At once, so that nothing acknowledged waits in a buffer when the kill comes; a full pipe is waited for. */
const tell = async (line: string): Promise<void> => {
  for (;;) {
    try {
      writeSync(1, line)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
}

const write = async (writer: string): Promise<never> => {
  for (let i = 0; ; i++) {
    const batch = `${writer}-${i}`
    await store.write([
      { op: 'insert', in: 'kill_docs', doc: doc({ _id: `${batch}-x`, run: Number(run) }) },
      { op: 'append', series: 'kill', key: writer, points: [{ at: i, value: batch }] },
      { op: 'put', in: 'kill_last', doc: doc({ _id: writer, batch }) },
      { op: 'insert', in: 'kill_docs', doc: doc({ _id: `${batch}-y`, run: Number(run), text: 'y'.repeat(300) }) },
    ])
    await tell(`${batch}\n`)
  }
}
await Promise.all(Array.from({ length: Number(writers) }, (_, n) => write(`${run}-${n}`)))
