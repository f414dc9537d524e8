import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { createEngine, type Engine } from './engine.ts'
import { storeFailure } from './failures.ts'
import { lockFile, openFile } from './file.ts'
import type { FromWorker, Request, ToWorker } from './protocol.ts'

/** The thread that owns the SQLite file, so that no commit ever stalls the main loop. */
const port = parentPort!
const { file } = workerData as { file: string }
const say = (message: FromWorker): void => port.postMessage(message)

const open = (): { engine: Engine; release: () => void } | undefined => {
  let lock: { release(): void } | undefined
  try {
    lock = file === ':memory:' ? { release: () => {} } : lockFile(file)
    const engine = createEngine(openFile(file), file)
    return { engine, release: lock.release }
  } catch (error) {
    lock?.release()
    const { code, message, hint, data } = storeFailure(error, file)
    say({ refused: { code, message, hint, data } })
    return undefined
  }
}

const opened = open()
if (opened !== undefined) {
  const { engine, release } = opened
  port.on('message', (first: ToWorker) => {
    // Everything that arrived while the last commit waited for the disk goes into the next one together.
    const requests: Request[] = []
    let closing = false
    for (let message: ToWorker | undefined = first; message !== undefined; ) {
      if ('close' in message) closing = true
      else requests.push(...message.requests)
      message = receiveMessageOnPort(port)?.message
    }
    if (requests.length > 0) engine.turn(requests, (replies) => say({ replies }))
    if (closing) {
      engine.close()
      release()
      say({ closed: true })
      port.close()
    }
  })
  say({ opened: true })
}
