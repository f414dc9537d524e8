import { randomUUID } from 'node:crypto'
import { WerenodeError } from '@werenode/core'
import type { MessageId } from '../wire/frame.ts'
import { writeCall } from '../wire/frame.ts'

/**
 * Our side's CALLs on one link: one outstanding at a time (OCPP-J 1.6 §4.1.1), the others wait in order. An answer that comes
 * after its time-out is still matched to its CALL and handed to `onLate`.
 */
export interface Calls {
  call(action: string, payload: unknown, options?: CallOptions): Promise<unknown>
  /** Both tell whether the id was one of ours. */
  answered(id: MessageId, payload: unknown): boolean
  refused(id: MessageId, code: string, description: string): boolean
  /** The action a still expected or late answer belongs to. */
  actionOf(id: MessageId): string | undefined
  /** Lets waiting CALLs go; before it, they queue (the station has not been accepted yet). */
  open(): void
  /** Fails everything that waits. */
  close(reason: string): void
  readonly waiting: number
}

export interface CallOptions {
  readonly timeoutMs?: number
  /** An answer that came after the time-out. */
  readonly onLate?: (payload: unknown) => void
}

interface Pending {
  readonly id: string
  readonly action: string
  readonly payload: unknown
  readonly resolve: (payload: unknown) => void
  readonly reject: (error: Error) => void
  readonly onLate: ((payload: unknown) => void) | undefined
  timer: NodeJS.Timeout | undefined
}

export const createCalls = (options: {
  stationId: string
  timeoutMs: number
  /** Most CALLs that may wait; more are refused at once. */
  maxWaiting?: number
  send: (text: string) => void
}): Calls => {
  const { stationId, send, maxWaiting = 100 } = options
  const waiting: Pending[] = []
  let late: Map<string, Pending> | undefined
  let outstanding: Pending | undefined
  let isOpen = false
  let closed: string | undefined

  const next = (): void => {
    if (!isOpen || outstanding || waiting.length === 0) return
    outstanding = waiting.shift()!
    send(writeCall(outstanding.id, outstanding.action, outstanding.payload))
  }

  const settle = (id: MessageId, finish: (pending: Pending, isLate: boolean) => void): boolean => {
    if (outstanding?.id === id) {
      const pending = outstanding
      clearTimeout(pending.timer)
      outstanding = undefined
      finish(pending, false)
      next()
      return true
    }
    const pending = late?.get(String(id))
    if (!pending) return false
    late?.delete(pending.id)
    finish(pending, true)
    return true
  }

  const expire = (pending: Pending, timeoutMs: number): void => {
    pending.reject(
      new WerenodeError('station-timeout', `Station ${stationId} did not answer ${pending.action} in ${timeoutMs} ms`, {
        hint: 'The station may be busy or its connection slow; try again in a minute.',
      }),
    )
    const place = waiting.indexOf(pending)
    if (place >= 0) return void waiting.splice(place, 1)
    if (outstanding !== pending) return
    outstanding = undefined
    late ??= new Map()
    late.set(pending.id, pending)
    if (late.size > 16) for (const oldest of late.keys()) return void late.delete(oldest)
    next()
  }

  return {
    call: (action, payload, { timeoutMs = options.timeoutMs, onLate } = {}) =>
      new Promise((resolve, reject) => {
        if (closed !== undefined) return reject(offline(stationId, closed))
        if (waiting.length >= maxWaiting)
          return reject(
            new WerenodeError('rate-limited', `${maxWaiting} commands already wait for station ${stationId}`, {
              hint: 'Wait until the station has answered some of them.',
            }),
          )
        const pending: Pending = { id: randomUUID(), action, payload, resolve, reject, onLate, timer: undefined }
        pending.timer = setTimeout(() => expire(pending, timeoutMs), timeoutMs)
        waiting.push(pending)
        next()
      }),
    answered: (id, payload) =>
      settle(id, (pending, isLate) => {
        if (isLate) pending.onLate?.(payload)
        else pending.resolve(payload)
      }),
    refused: (id, code, description) =>
      settle(id, (pending) =>
        pending.reject(
          new WerenodeError(
            'station-refused',
            `Station ${stationId} refused ${pending.action}: ${code} ${description}`,
            {
              data: { code, description },
            },
          ),
        ),
      ),
    actionOf: (id) => (outstanding?.id === id ? outstanding : late?.get(String(id)))?.action,
    open: () => {
      isOpen = true
      next()
    },
    close: (reason) => {
      closed = reason
      const all = outstanding ? [outstanding, ...waiting] : waiting
      for (const pending of all) {
        clearTimeout(pending.timer)
        pending.reject(offline(stationId, reason))
      }
      outstanding = undefined
      waiting.length = 0
      late = undefined
    },
    get waiting() {
      return waiting.length + (outstanding ? 1 : 0)
    },
  }
}

const offline = (stationId: string, reason: string): WerenodeError =>
  new WerenodeError('station-offline', `Station ${stationId} is not connected (${reason})`, {
    hint: 'The command was not carried out; it can be repeated when the station is back.',
  })
