/** OCPP-J frames (1.6J §4, 2.1 part 4 §4): a JSON array whose first member says what it is. */
export type Frame =
  | { readonly type: 'call'; readonly id: MessageId; readonly action: string; readonly payload: unknown }
  | { readonly type: 'result'; readonly id: MessageId; readonly payload: unknown }
  | {
      readonly type: 'error'
      readonly id: MessageId
      readonly code: string
      readonly description: string
      readonly details: unknown
    }
  /** 2.1: the other side could not read our CALLRESULT. */
  | {
      readonly type: 'resultError'
      readonly id: MessageId
      readonly code: string
      readonly description: string
      readonly details: unknown
    }
  /** 2.1: a message without an answer. */
  | { readonly type: 'send'; readonly id: MessageId; readonly action: string; readonly payload: unknown }
  | { readonly type: 'unreadable'; readonly id: MessageId | undefined; readonly reason: string }

/** Some stations number their messages; the answer echoes the type they used. */
export type MessageId = string | number

const messageType = { call: 2, result: 3, error: 4, resultError: 5, send: 6 } as const

/** Never throws: what cannot be read says why, with the message id where there is one. */
export const readFrame = (text: string): Frame => {
  let parsed: unknown
  const shape = survey(text)
  if (shape === 'deep') return { type: 'unreadable', id: undefined, reason: 'The frame is nested too deep' }
  try {
    parsed = shape === 'huge-number' ? JSON.parse(text, finite) : JSON.parse(text)
  } catch {
    return { type: 'unreadable', id: undefined, reason: 'The frame is not JSON' }
  }
  if (!Array.isArray(parsed)) return { type: 'unreadable', id: undefined, reason: 'The frame is not a JSON array' }
  const [kind, id] = parsed as unknown[]
  if (!isMessageId(id)) return { type: 'unreadable', id: undefined, reason: 'The second member is no message id' }
  switch (kind) {
    case messageType.call:
    case messageType.send: {
      const [, , action, payload] = parsed as unknown[]
      if (typeof action !== 'string') return { type: 'unreadable', id, reason: 'The third member is no action name' }
      // Some stations leave out an empty payload, or send null: `[2,"7","Heartbeat"]`.
      return { type: kind === messageType.call ? 'call' : 'send', id, action, payload: payload ?? {} }
    }
    case messageType.result:
      return { type: 'result', id, payload: parsed[2] ?? {} }
    case messageType.error:
    case messageType.resultError:
      return {
        type: kind === messageType.error ? 'error' : 'resultError',
        id,
        code: textIn(parsed[2]) || 'GenericError',
        description: textIn(parsed[3]),
        details: parsed[4] ?? {},
      }
    default:
      return { type: 'unreadable', id, reason: `Message type ${JSON.stringify(kind)} does not exist` }
  }
}

/** Never `String(value)`: an object with a `toString` member of its own makes that throw. */
const textIn = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 1_000)

/** Deeper than any schema goes, and than the store takes. */
const deepest = 64
/** JSON can write numbers no computer holds (`1e999`, or 400 digits), which would be read as infinite. */
const mostDigits = 300

const longNumber = /[0-9]{300}/
const longExponent = /[eE]\+?[0-9]{3}/

/**
 * Looks over a text before it is parsed. What stands inside its strings counts, too: at worst an odd text is looked at closely. Nearly
 * every text has fewer brackets than would make it deep, which is found out several times as fast as how deep it is.
 */
const survey = (text: string): 'plain' | 'deep' | 'huge-number' => {
  if (hasMoreBrackets(text, deepest) && isDeep(text)) return 'deep'
  const isHuge = longExponent.test(text) || (text.length > mostDigits && longNumber.test(text))
  return isHuge ? 'huge-number' : 'plain'
}

const hasMoreBrackets = (text: string, most: number): boolean => {
  let found = 0
  for (const bracket of ['{', '['])
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      found += 1
      if (found > most) return true
    }
  return false
}

const isDeep = (text: string): boolean => {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > deepest) return true
    } else if (code === 0x7d || code === 0x5d) depth -= 1
  }
  return false
}

const finite = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value

const isMessageId = (value: unknown): value is MessageId =>
  (typeof value === 'string' && value.length <= 255) || (typeof value === 'number' && Number.isFinite(value))

export const writeCall = (id: string, action: string, payload: unknown): string =>
  JSON.stringify([messageType.call, id, action, payload])

export const writeSend = (id: string, action: string, payload: unknown): string =>
  JSON.stringify([messageType.send, id, action, payload])

export const writeResult = (id: MessageId, payload: unknown): string =>
  JSON.stringify([messageType.result, id, payload])

/** `description` is cut to the 255 characters the specification allows. */
export const writeError = (id: MessageId, code: string, description: string, details: unknown = {}): string =>
  JSON.stringify([messageType.error, id, code, description.slice(0, 255), details])

export const writeResultError = (id: MessageId, code: string, description: string, details: unknown = {}): string =>
  JSON.stringify([messageType.resultError, id, code, description.slice(0, 255), details])
