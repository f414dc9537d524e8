import { chmodSync, existsSync, unlinkSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { isWerenodeError, type Store } from '@werenode/core'
import { type Answer, type Ask, lines, verbs } from './protocol.ts'

const failure = (error: unknown): Answer['error'] => {
  if (!isWerenodeError(error))
    return { code: 'internal', message: 'The store process failed; its log says why', data: {} }
  const { code, message, hint, data } = error
  return { code, message, data: { ...data }, ...(hint === undefined ? {} : { hint }) }
}

/** Serves a store to other processes of this host, on a socket that only this user may open. Resolves with how to stop. */
export const serveStore = async (
  store: Store,
  path: string,
  log: { error(data: object, message: string): void },
): Promise<() => Promise<void>> => {
  const sockets = new Set<Socket>()
  const answer = async ({ n, verb, args }: Ask): Promise<Answer> => {
    try {
      if (!verbs.includes(verb)) throw new Error(`no verb ${verb}`)
      return { n, ok: await (store[verb] as (...given: readonly unknown[]) => Promise<unknown>)(...args) }
    } catch (error) {
      if (!isWerenodeError(error)) log.error({ verb, err: error }, 'The store failed')
      return { n, error: failure(error)! }
    }
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setEncoding('utf8')
    socket.on('close', () => sockets.delete(socket))
    // Whoever asked is gone: nobody hears the answer.
    socket.on('error', () => socket.destroy())
    socket.on(
      'data',
      lines((line) => {
        void answer(JSON.parse(line) as Ask).then((said) => {
          if (!socket.destroyed) socket.write(`${JSON.stringify(said)}\n`)
        })
      }) as (chunk: unknown) => void,
    )
  })
  // Left by a process that was killed: the lock of the store says that nobody else serves it.
  if (existsSync(path)) unlinkSync(path)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  chmodSync(path, 0o600)
  return async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
}
