import { isWerenodeError } from '@werenode/core'
import type { Logger } from 'pino'
import type { RawData, WebSocket } from 'ws'
import { errorCodeFor, RpcError } from '../wire/error-codes.ts'
import { type Frame, type MessageId, readFrame, writeError, writeResult, writeResultError } from '../wire/frame.ts'
import { type Deviation, repair } from '../wire/repair.ts'
import type { Schemas } from '../wire/schemas.ts'
import { violationError } from '../wire/violation-error.ts'
import { type CallOptions, createCalls } from './calls.ts'
import type { Handler, StationCall, StationHandlers } from './handler.ts'
import { createReplayCache } from './replay-cache.ts'

/**
 * One WebSocket with one station: frames in, answers out. Works on one CALL of the station at a time and in order, whatever the
 * station does; answers to our CALLs never wait behind them. Nothing is answered before its handler's promise resolved, and
 * handlers resolve when what they were told is durable.
 */
export interface Link {
  readonly stationId: string
  readonly epoch: number
  readonly version: Schemas['version']
  readonly connectedAt: Date
  /** Time of the last frame or pong, ms since 1970. */
  readonly lastHeardAt: number
  readonly isOpen: boolean
  /** When the message now worked on was taken up, ms since 1970. */
  readonly busySince: number | undefined
  call(action: string, payload: unknown, options?: CallOptions): Promise<unknown>
  /** Lets our CALLs through: the station's boot was accepted, or it spoke without booting again. */
  admit(): void
  readonly admitted: boolean
  /** Its firmware breaks on pings. */
  readonly noPing: boolean
  ping(): void
  close(code: number, reason: string): void
  /** Resolves when the socket is gone and the last handler has finished, or is given up. */
  readonly done: Promise<string>
}

export interface LinkOptions {
  readonly stationId: string
  readonly epoch: number
  readonly socket: WebSocket
  readonly schemas: Schemas
  readonly handlers: StationHandlers
  readonly strict: boolean
  /** Write times without fractions of a second. */
  readonly wholeSeconds: boolean
  readonly noPing: boolean
  readonly callTimeoutMs: number
  readonly clock: () => Date
  readonly log: Logger
  readonly onDeviations: (deviations: readonly Deviation[], action: string) => void
  /** Our CALLs may go out now; `booted` when the station booted on this link. */
  readonly onAdmitted: (booted: boolean) => void
  /** Every frame, for the message log. */
  readonly onFrame: (direction: 'in' | 'out', text: string, action: string | undefined) => void
}

interface InLine {
  readonly id: MessageId
  readonly action: string
  readonly payload: unknown
  readonly text: string
  /** False for SEND. */
  readonly answered: boolean
  readonly receivedAt: Date
}

/** CALLs a station may have in line before we stop reading from its socket. */
const highWater = 16
const lowWater = 4

export const createLink = (options: LinkOptions): Link => {
  const { stationId, epoch, socket, schemas, handlers, strict, clock, log, onDeviations, onFrame } = options
  const { version } = schemas
  const connectedAt = clock()
  const replays = createReplayCache()
  const inLine: InLine[] = []
  let working: Promise<void> | undefined
  let busySince: number | undefined
  let lastHeardAt = connectedAt.getTime()
  let admitted = false
  let admitNext = false
  let isOpen = true

  const send = (text: string, action?: string): void => {
    if (socket.readyState !== socket.OPEN) return
    onFrame('out', text, action)
    socket.send(text)
  }
  const calls = createCalls({ stationId, timeoutMs: options.callTimeoutMs, send })

  const base: Omit<StationCall, 'receivedAt'> = {
    stationId,
    version,
    epoch,
    connectedAt,
    now: () =>
      options.wholeSeconds
        ? clock()
            .toISOString()
            .replace(/\.\d+Z$/, 'Z')
        : clock().toISOString(),
    admit: () => {
      admitNext = true
    },
  }

  const admit = (): void => {
    if (admitted) return
    admitted = true
    calls.open()
    options.onAdmitted(admitNext)
  }

  const close = (code: number, reason: string): void => {
    isOpen = false
    socket.close(code, reason.slice(0, 120))
    // A half-open peer never answers the close.
    setTimeout(() => socket.terminate(), 2_000).unref()
  }

  /** The text of the answer to a CALL. Rejects only when nothing may be answered at all. */
  const answer = async ({ id, action, payload: raw, receivedAt }: InLine): Promise<string> => {
    try {
      const handler = (Object.hasOwn(handlers, action) ? handlers[action] : undefined) as
        | Handler<unknown, unknown>
        | undefined
      if (!handler)
        throw schemas.actions.has(action)
          ? new RpcError('NotSupported', `${action} is not a message a station sends`)
          : new RpcError('NotImplemented', `${action} is not part of ${version}`)
      const payload = check(action, raw)
      return writeResult(id, await handler(payload, { ...base, receivedAt }))
    } catch (error) {
      if (error instanceof RpcError)
        return writeError(id, errorCodeFor(version, error.code), error.message, error.details)
      if (isWerenodeError(error) && error.code === 'store-unavailable') throw error
      log.error({ stationId, action, err: error }, 'A message could not be handled')
      return writeError(id, 'InternalError', 'The message could not be handled; it may be sent again')
    }
  }

  const check = (action: string, raw: unknown): unknown => {
    const violations = schemas.violations(action, 'request', raw)
    if (!violations) return raw
    if (strict) {
      onDeviations(
        violations.map((fault) => ({ rule: fault.keyword, path: fault.instancePath })),
        action,
      )
      throw violationError(violations)
    }
    const repaired = repair(schemas, action, raw)
    onDeviations(repaired.deviations, action)
    return repaired.payload
  }

  const work = async (): Promise<void> => {
    for (let item = inLine.shift(); item; item = inLine.shift()) {
      busySince = clock().getTime()
      if (inLine.length <= lowWater && socket.isPaused) socket.resume()
      const text = answer(item)
      if (item.answered) replays.keep(item.id, item.text, text)
      try {
        const result = await text
        if (item.answered) send(result, item.action)
        // Our CALLs wait for an accepted boot, or for the first other word of a station that does not boot on every link.
        if (admitNext || item.action !== 'BootNotification') admit()
      } catch (error) {
        // What could not be stored is not acknowledged: the station keeps it and comes back (charge.md, "database is away").
        log.error({ stationId, action: item.action, err: error }, 'Not stored, so not answered; the link is closed')
        inLine.length = 0
        close(1013, 'Storage is away, try again later')
      }
    }
    busySince = undefined
    working = undefined
  }

  const onCall = (frame: { id: MessageId; action: string; payload: unknown }, text: string, answered: boolean) => {
    const known = answered && !alwaysAnew.has(frame.action) ? replays.find(frame.id, text) : undefined
    if (known) {
      log.info({ stationId, action: frame.action, id: frame.id }, 'The same message again: the same answer again')
      known.then(
        (answer) => send(answer, frame.action),
        () => undefined,
      )
      return
    }
    if (!isOpen) return
    const { id, action, payload } = frame
    inLine.push({ id, action, payload, text, answered, receivedAt: new Date(lastHeardAt) })
    if (inLine.length >= highWater && !socket.isPaused) socket.pause()
    working ??= work()
  }

  const onMessage = (data: RawData, isBinary: boolean): void => {
    lastHeardAt = clock().getTime()
    const text = isBinary ? Buffer.from(data as Buffer).toString('utf8') : String(data)
    try {
      onText(text)
    } catch (error) {
      // A fault of ours in reading one station's words must not take the others down with it.
      log.error({ stationId, err: error }, 'A frame could not be worked on; its link is closed')
      close(1011, 'A frame could not be worked on')
    }
  }

  const onText = (text: string): void => {
    const frame = readFrame(text)
    onFrame('in', text, frame.type === 'result' ? calls.actionOf(frame.id) : undefined)
    if (frame.type === 'call') onCall(frame, text, true)
    else if (frame.type === 'send') onSend(frame, text)
    else if (frame.type === 'result') onResult(frame)
    else if (frame.type === 'unreadable') onUnreadable(frame, text)
    else if (frame.type === 'resultError')
      log.warn({ stationId, id: frame.id, code: frame.code, why: frame.description }, 'Our answer was not understood')
    else if (!calls.refused(frame.id, frame.code, frame.description))
      log.warn({ stationId, id: frame.id, code: frame.code }, 'An error for no question of ours was dropped')
  }

  const onSend = (frame: Extract<Frame, { type: 'send' }>, text: string): void => {
    if (version === 'ocpp2.1') onCall(frame, text, false)
    else send(writeError(frame.id, errorCodeFor(version, 'MessageTypeNotSupported'), 'SEND came with OCPP 2.1'))
  }

  const onResult = (frame: Extract<Frame, { type: 'result' }>): void => {
    const action = calls.actionOf(frame.id)
    const faults = action === undefined ? undefined : schemas.violations(action, 'response', frame.payload)
    let { payload } = frame
    if (action !== undefined && faults) {
      const repaired = repair(schemas, action, payload, 'response')
      onDeviations(repaired.deviations, `${action}.conf`)
      if (!strict) payload = repaired.payload
      else if (version === 'ocpp2.1')
        send(writeResultError(frame.id, 'FormatViolation', `The answer to ${action} breaks its schema`))
    }
    if (!calls.answered(frame.id, payload))
      log.warn({ stationId, id: frame.id }, 'An answer to no question of ours was dropped')
  }

  const onUnreadable = (frame: Extract<Frame, { type: 'unreadable' }>, text: string): void => {
    onDeviations([{ rule: 'unreadable-frame', path: '' }], 'frame')
    log.warn({ stationId, reason: frame.reason, bytes: text.length }, 'A frame could not be read')
    // 1.6 has no id to answer to; 2.x answers "-1" (OCPP 2.0.1 part 4 §4.2.3).
    if (frame.id === undefined && version === 'ocpp1.6') return
    send(writeError(frame.id ?? '-1', errorCodeFor(version, 'RpcFrameworkError'), frame.reason))
  }

  const done = new Promise<string>((resolve) => {
    socket.on('message', onMessage)
    socket.on('pong', () => {
      lastHeardAt = clock().getTime()
    })
    socket.on('ping', () => {
      lastHeardAt = clock().getTime()
    })
    socket.on('error', (error) => {
      log.info({ stationId, why: error.message }, 'The socket broke')
    })
    socket.on('close', (code, reason) => {
      isOpen = false
      const why = String(reason) || `closed with ${code}`
      calls.close(why)
      // A stuck handler must not keep the dead link alive.
      setTimeout(() => resolve(why), 2_000).unref()
      void (working ?? Promise.resolve()).then(() => resolve(why))
    })
  })

  return {
    stationId,
    epoch,
    version,
    connectedAt,
    get lastHeardAt() {
      return lastHeardAt
    },
    get isOpen() {
      return isOpen
    },
    noPing: options.noPing,
    get busySince() {
      return busySince
    },
    get admitted() {
      return admitted
    },
    call: (action, payload, callOptions) => calls.call(action, payload, callOptions),
    admit,
    ping: () => {
      if (socket.readyState === socket.OPEN) socket.ping()
    },
    close,
    done,
  }
}

/** Their answers hold the time, or they change nothing when repeated: a stored answer would be the worse one. */
const alwaysAnew = new Set(['Heartbeat', 'BootNotification'])
