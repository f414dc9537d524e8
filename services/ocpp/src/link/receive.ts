import { errorCodeFor } from '../wire/error-codes.ts'
import { type Frame, type MessageId, readFrame, writeError, writeResultError } from '../wire/frame.ts'
import { repair } from '../wire/repair.ts'
import { alwaysAnew, work } from './answer.ts'
import { closeLink, type OpenLink, send } from './open-link.ts'
import { createReplayCache } from './replay-cache.ts'

/** Messages a station may have in line before we stop reading from its socket. */
const highWater = 16

/** Takes one frame's text. Never throws: a fault of ours in reading one station's words must not take the others down with it. */
export const receive = (link: OpenLink, text: string): void => {
  link.lastHeardAt = link.context.clock().getTime()
  try {
    sort(link, text)
  } catch (error) {
    link.context.log.error(
      { stationId: link.stationId, err: error },
      'A frame could not be worked on; its link is closed',
    )
    closeLink(link, 1011, 'A frame could not be worked on')
  }
}

const sort = (link: OpenLink, text: string): void => {
  const { context, stationId } = link
  const frame = readFrame(text)
  context.onFrame(stationId, 'in', text, actionOf(link, frame), link.lastHeardAt)
  if (frame.type === 'call') onCall(link, frame, text, true)
  else if (frame.type === 'send') onSend(link, frame, text)
  else if (frame.type === 'result') onResult(link, frame)
  else if (frame.type === 'unreadable') onUnreadable(link, frame, text)
  else if (frame.type === 'resultError')
    context.log.warn(
      { stationId, id: frame.id, code: frame.code, why: frame.description },
      'Our answer was not understood',
    )
  else if (!link.calls?.refused(frame.id, frame.code, frame.description))
    context.log.warn({ stationId, id: frame.id, code: frame.code }, 'An error for no question of ours was dropped')
}

/** What a frame asks, or what it answers. */
const actionOf = (link: OpenLink, frame: Frame): string | undefined => {
  if (frame.type === 'call' || frame.type === 'send') return frame.action
  return frame.type === 'result' ? link.calls?.actionOf(frame.id) : undefined
}

const onCall = (
  link: OpenLink,
  { id, action, payload }: { id: MessageId; action: string; payload: unknown },
  text: string,
  answered: boolean,
): void => {
  const known = answered && !alwaysAnew.has(action) ? link.replays?.find(id, text) : undefined
  if (known) {
    link.context.log.info({ stationId: link.stationId, action, id }, 'The same message again: the same answer again')
    known.then(
      (answer) => send(link, answer, action),
      () => undefined,
    )
    return
  }
  if (!link.isOpen) return
  link.replays ??= createReplayCache()
  link.inLine.push({ id, action, payload, text, answered, receivedAt: new Date(link.lastHeardAt) })
  if (link.inLine.length >= highWater && !link.socket.isPaused) link.socket.pause()
  link.working ??= work(link)
}

const onSend = (link: OpenLink, frame: Extract<Frame, { type: 'send' }>, text: string): void => {
  const code = errorCodeFor(link.version, 'MessageTypeNotSupported')
  if (link.version === 'ocpp2.1') onCall(link, frame, text, false)
  else send(link, writeError(frame.id, code, 'SEND came with OCPP 2.1'))
}

const onResult = (link: OpenLink, frame: Extract<Frame, { type: 'result' }>): void => {
  const { context, stationId, strict, version } = link
  const action = link.calls?.actionOf(frame.id)
  const faults = action === undefined ? undefined : context.schemas.violations(action, 'response', frame.payload)
  let { payload } = frame
  if (action !== undefined && faults) {
    const repaired = repair(context.schemas, action, payload, 'response')
    context.onDeviations(stationId, repaired.deviations, `${action}.conf`)
    if (!strict) payload = repaired.payload
    else if (version === 'ocpp2.1')
      send(link, writeResultError(frame.id, 'FormatViolation', `The answer to ${action} breaks its schema`))
  }
  if (!link.calls?.answered(frame.id, payload))
    context.log.warn({ stationId, id: frame.id }, 'An answer to no question of ours was dropped')
}

const onUnreadable = (link: OpenLink, frame: Extract<Frame, { type: 'unreadable' }>, text: string): void => {
  const { context, stationId, version } = link
  context.onDeviations(stationId, [{ rule: 'unreadable-frame', path: '' }], 'frame')
  context.log.warn({ stationId, reason: frame.reason, bytes: text.length }, 'A frame could not be read')
  // 1.6 has no id to answer to; 2.x answers "-1" (OCPP 2.0.1 part 4 §4.2.3).
  if (frame.id === undefined && version === 'ocpp1.6') return
  send(link, writeError(frame.id ?? '-1', errorCodeFor(version, 'RpcFrameworkError'), frame.reason))
}
