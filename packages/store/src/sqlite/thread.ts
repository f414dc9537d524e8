import { Worker } from 'node:worker_threads'
import { type ErrorCode, WerenodeError } from '@werenode/core'
import type { Calls, FromWorker, Request, ToWorker, Verb, WireError } from './protocol.ts'

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: WerenodeError) => void
}

const revive = (error: WireError): WerenodeError =>
  new WerenodeError(error.code as ErrorCode, error.message, {
    data: error.data,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  })

export interface Thread {
  call<V extends Verb>(verb: V, ask: Calls[V]['ask']): Promise<Calls[V]['answer']>
  close(): Promise<void>
}

/** Starts the store's thread and waits until it has the file. Calls made in one turn of the loop, for whichever request, travel as one message. */
export const startThread = async (file: string): Promise<Thread> => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { file },
    name: 'store',
    execArgv: [],
  })
  const waiting = new Map<number, Waiting>()
  let outgoing: Request[] = []
  let nextNumber = 1
  let ended: WerenodeError | undefined
  let closing: Promise<void> | undefined
  let closed = (): void => {}

  const opening = Promise.withResolvers<void>()
  const end = (reason: WerenodeError): void => {
    ended ??= reason
    opening.reject(reason)
    for (const { reject } of waiting.values()) reject(reason)
    waiting.clear()
    worker.unref()
    closed()
  }

  worker.on('message', (message: FromWorker) => {
    if ('replies' in message) {
      for (const reply of message.replies) {
        const call = waiting.get(reply.n)
        waiting.delete(reply.n)
        if ('error' in reply) call?.reject(revive(reply.error))
        else call?.resolve(reply.answer as never)
      }
      // An idle store does not keep the process alive; a pending write does.
      if (waiting.size === 0) worker.unref()
    } else if ('opened' in message) opening.resolve()
    else if ('refused' in message) end(revive(message.refused))
    else end(new WerenodeError('store-unavailable', `The store ${file} is closed`))
  })
  worker.on('error', (cause) => {
    const hint = 'Nothing that was acknowledged is lost; restart to go on.'
    end(new WerenodeError('store-unavailable', `The thread of the store ${file} died`, { hint, cause }))
  })
  worker.on('exit', () => end(new WerenodeError('store-unavailable', `The thread of the store ${file} ended`)))

  const post = (message: ToWorker): void => worker.postMessage(message)
  const flush = (): void => {
    if (outgoing.length === 0 || ended !== undefined) return
    post({ requests: outgoing })
    outgoing = []
  }

  await opening.promise
  worker.unref()

  return {
    call: (verb, ask) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined || closing !== undefined) {
          reject(ended ?? new WerenodeError('store-unavailable', `The store ${file} is closing`))
          return
        }
        const n = nextNumber++
        if (waiting.size === 0) worker.ref()
        waiting.set(n, { resolve, reject })
        if (outgoing.length === 0) setImmediate(flush)
        outgoing.push({ n, verb, ask } as Request)
      }),
    close: () => {
      closing ??= new Promise((resolve) => {
        if (ended !== undefined) return resolve()
        closed = resolve
        worker.ref()
        flush()
        post({ close: true })
      })
      return closing
    },
  }
}
