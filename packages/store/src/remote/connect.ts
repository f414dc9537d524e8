import { connect, type Socket } from 'node:net'
import { type ErrorCode, type Store, WerenodeError } from '@werenode/core'
import { wireOp } from '../ask.ts'
import { type Answer, type Ask, lines, type Verb, verbs } from './protocol.ts'

interface Waiting {
  readonly socket: Socket
  readonly timer: NodeJS.Timeout
  readonly resolve: (value: never) => void
  readonly reject: (error: WerenodeError) => void
}

/** A condition must not lose what JSON would drop on the way: it is refused here as the store itself would. */
const plain = (value: unknown): boolean => {
  if (typeof value === 'object' && value !== null) {
    const prototype = Object.getPrototypeOf(value)
    const known = Array.isArray(value) || prototype === Object.prototype || prototype === null
    return known && Object.values(value).every(plain)
  }
  if (typeof value === 'number') return Number.isFinite(value)
  return value === null || typeof value === 'string' || typeof value === 'boolean'
}

const filterIn = (verb: Verb, args: readonly unknown[]): unknown => {
  if (verb === 'find' || verb === 'count') return args[1]
  if (verb === 'near' || verb === 'box' || verb === 'text') return (args[1] as { filter?: unknown } | undefined)?.filter
  return undefined
}

const checkFilter = (verb: Verb, args: readonly unknown[]): void => {
  const filter = filterIn(verb, args)
  if (filter === undefined || plain(filter)) return
  throw new WerenodeError('invalid-input', 'The filter is not plain JSON', {
    hint: 'Compare with a string, a finite number, a boolean or null.',
  })
}

/**
 * A store that another process of this host owns (`serveStore`). While that process is away calls fail with `store-unavailable`; a
 * write under way then may or may not have happened, as with any server.
 */
export const connectStore = async (
  path: string,
  { patienceMs = 5_000, answerWithinMs = 15_000 }: { patienceMs?: number; answerWithinMs?: number } = {},
): Promise<Store> => {
  const waiting = new Map<number, Waiting>()
  let next = 1
  let socket: Socket | undefined
  let opening: Promise<Socket> | undefined
  let closed = false

  const away = (cause?: unknown): WerenodeError =>
    new WerenodeError('store-unavailable', `The store process at ${path} is away`, {
      hint: 'Start `werenode serve store`; nothing that was acknowledged is lost.',
      ...(cause === undefined ? {} : { cause }),
    })
  const take = (line: string): void => {
    const { n, ok, error } = JSON.parse(line) as Answer
    const call = waiting.get(n)
    if (call === undefined) return
    clearTimeout(call.timer)
    waiting.delete(n)
    if (error === undefined) call.resolve(ok as never)
    else {
      const { code, message, hint, data } = error
      call.reject(new WerenodeError(code as ErrorCode, message, hint === undefined ? { data } : { data, hint }))
    }
  }
  const tryOnce = (): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const made = connect(path)
      made.setEncoding('utf8')
      made.once('connect', () => resolve(made))
      made.once('error', reject)
      made.on('data', lines(take) as (chunk: unknown) => void)
      made.on('close', () => {
        if (socket === made) socket = undefined
        for (const [n, call] of waiting) {
          if (call.socket !== made) continue
          waiting.delete(n)
          clearTimeout(call.timer)
          call.reject(away())
        }
      })
    })
  const open = (): Promise<Socket> => {
    if (socket !== undefined) return Promise.resolve(socket)
    opening ??= (async () => {
      const startedAt = performance.now()
      for (;;) {
        try {
          socket = await tryOnce()
          return socket
        } catch (error) {
          if (closed || performance.now() - startedAt > patienceMs) throw away(error)
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
      }
    })().finally(() => {
      opening = undefined
    })
    return opening
  }
  const call = async (verb: Verb, args: readonly unknown[]): Promise<never> => {
    if (closed) throw new WerenodeError('store-unavailable', 'The store is closed')
    const n = next++
    const ask: Ask = { n, verb, args }
    const text = `${JSON.stringify(ask)}\n`
    const to = await open()
    return new Promise((resolve, reject) => {
      // A process that hangs answers nobody: all calls on this connection fail, and the next one opens another.
      const timer = setTimeout(() => {
        to.destroy()
        if (socket === to) socket = undefined
        if (waiting.delete(n)) reject(away())
      }, answerWithinMs)
      waiting.set(n, { socket: to, timer, resolve, reject })
      to.write(text)
    })
  }
  await open()
  const asked = Object.fromEntries(
    verbs.map((verb) => [
      verb,
      async (...args: readonly unknown[]) => {
        if (verb === 'write') for (const op of args[0] as Parameters<typeof wireOp>[0][]) wireOp(op)
        else checkFilter(verb, args)
        return call(verb, args)
      },
    ]),
  ) as unknown as Omit<Store, 'close'>
  return {
    ...asked,
    close: async () => {
      closed = true
      socket?.destroy()
    },
  }
}
