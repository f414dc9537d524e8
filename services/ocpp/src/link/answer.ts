import { isWerenodeError } from '@werenode/core'
import { errorCodeFor, RpcError } from '../wire/error-codes.ts'
import { writeError, writeResult } from '../wire/frame.ts'
import { repair } from '../wire/repair.ts'
import { violationError } from '../wire/violation-error.ts'
import type { Handler, StationCall } from './handler.ts'
import { admit, closeLink, type InLine, type OpenLink, send } from './open-link.ts'

/** Their answers hold the time, or they change nothing when repeated: a stored answer would be the worse one. */
export const alwaysAnew: ReadonlySet<string> = new Set(['Heartbeat', 'BootNotification'])

/** So many messages in line let a paused socket speak again. */
const lowWater = 4

/** Works off what a station has in line, one message after the other. */
export const work = async (link: OpenLink): Promise<void> => {
  const { context, inLine, socket } = link
  for (let item = inLine.shift(); item; item = inLine.shift()) {
    link.busySince = context.clock().getTime()
    if (inLine.length <= lowWater && socket.isPaused) socket.resume()
    const answer = answerTo(link, item)
    if (item.answered) link.replays?.keep(item.id, item.text, answer)
    try {
      const text = await answer
      if (item.answered) send(link, text, item.action)
      // Our CALLs wait for an accepted boot, or for the first other word of a station that does not boot on every link.
      if (link.admitNext || item.action !== 'BootNotification') admit(link)
    } catch (error) {
      // What could not be stored is not acknowledged: the station keeps it and comes back (charge.md, "database is away").
      const { stationId } = link
      context.log.error(
        { stationId, action: item.action, err: error },
        'Not stored, so not answered; the link is closed',
      )
      inLine.length = 0
      closeLink(link, 1013, 'Storage is away, try again later')
    }
  }
  link.busySince = undefined
  link.working = undefined
}

/** The text of the answer to a CALL. Rejects only when nothing may be answered at all. */
const answerTo = async (link: OpenLink, { id, action, payload, receivedAt }: InLine): Promise<string> => {
  const { context, version, stationId } = link
  const { handlers, schemas } = context
  try {
    const handler = Object.hasOwn(handlers, action) ? (handlers[action] as Handler<unknown, unknown>) : undefined
    if (!handler)
      throw schemas.actions.has(action)
        ? new RpcError('NotSupported', `${action} is not a message a station sends`)
        : new RpcError('NotImplemented', `${action} is not part of ${version}`)
    return writeResult(id, await handler(checked(link, action, payload), callOf(link, receivedAt)))
  } catch (error) {
    if (error instanceof RpcError)
      return writeError(id, errorCodeFor(version, error.code), error.message, error.details)
    if (isWerenodeError(error) && error.code === 'store-unavailable') throw error
    context.log.error({ stationId, action, err: error }, 'A message could not be handled')
    return writeError(id, 'InternalError', 'The message could not be handled; it may be sent again')
  }
}

const callOf = (link: OpenLink, receivedAt: Date): StationCall => ({
  stationId: link.stationId,
  version: link.version,
  epoch: link.epoch,
  connectedAt: link.connectedAt,
  receivedAt,
  now: () => {
    const time = link.context.clock().toISOString()
    return link.wholeSeconds ? time.replace(/\.\d+Z$/, 'Z') : time
  },
  admit: () => {
    link.admitNext = true
  },
})

/** The payload as handlers may trust it: as it came, mended, or refused where the station is held to the letter. */
const checked = (link: OpenLink, action: string, payload: unknown): unknown => {
  const { context, stationId, strict } = link
  const violations = context.schemas.violations(action, 'request', payload)
  if (!violations) return payload
  if (strict) {
    const deviations = violations.map(({ keyword, instancePath }) => ({ rule: keyword, path: instancePath }))
    context.onDeviations(stationId, deviations, action)
    throw violationError(violations)
  }
  const repaired = repair(context.schemas, action, payload)
  context.onDeviations(stationId, repaired.deviations, action)
  return repaired.payload
}
