import type { Deployment } from '../chain/deployment.ts'
import type { Progress, ToPage, ToWorker } from './messages.ts'
import type { Answer, Asked, Question } from './questions.ts'
import workerUrl from './worker.ts?worker&url'

/** The index as pages use it: questions, answered by the worker. */
export interface IndexDoor {
  ask<Q extends Question>(question: Q, asked: Asked<Q>): Promise<Answer<Q>>
  /** Look at the chain now instead of in a moment. */
  look(): void
  close(): void
}

/**
 * A worker bound to this page's policy. One loaded by its address would have no policy of its own on a host that sends no headers; one
 * that begins as a blob of the page keeps the page's, and may reach what the page may reach.
 */
export const boundWorkerUrl = (url: string): string =>
  URL.createObjectURL(
    new Blob([`import ${JSON.stringify(new URL(url, document.baseURI).href)}`], { type: 'text/javascript' }),
  )

/** Starts reading the network, beside the page. */
export const openIndex = (deployment: Deployment, onProgress: (progress: Progress) => void): IndexDoor => {
  const worker = new Worker(boundWorkerUrl(workerUrl), { type: 'module', name: 'index' })
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>()
  let last = 0
  const tell = (message: ToWorker): void => worker.postMessage(message)
  worker.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
    if (data.kind === 'progress') return onProgress(data.progress)
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.kind === 'answer') asked?.resolve(data.answer as never)
    else asked?.reject(new Error(data.words))
  })
  tell({ kind: 'start', deployment })
  return {
    ask: (question, asked) =>
      new Promise((resolve, reject) => {
        last += 1
        waiting.set(last, { resolve: resolve as (answer: never) => void, reject })
        tell({ kind: 'ask', id: last, question, asked })
      }),
    look: () => tell({ kind: 'look' }),
    close: () => worker.terminate(),
  }
}
