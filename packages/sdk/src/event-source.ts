import { isWerenodeError, WerenodeError } from '@werenode/core'
import type { Http } from './http.ts'
import { backOff, pause } from './pause.ts'
import { errorOf } from './problem.ts'
import { endingSignal } from './signal.ts'

/** One server-sent event. */
export interface ServerEvent {
  readonly id?: string
  readonly event: string
  readonly data: unknown
}

/** A stream that says nothing for this long, not even a heartbeat, is dead. */
const silenceMs = 45_000

/**
 * Server-sent events over fetch, for ever: after a lost connection it goes on after the last event seen. Ends when the caller stops
 * or the node says that there is nothing to follow (throws that error).
 */
export async function* follow(
  http: Http,
  path: string,
  options: { query?: Record<string, string | undefined>; afterSeq?: number; signal?: AbortSignal },
): AsyncGenerator<ServerEvent, void, void> {
  let lastId = options.afterSeq === undefined ? undefined : String(options.afterSeq)
  const wait = backOff()
  for (;;) {
    const silence = watchdog(silenceMs, options.signal)
    try {
      const answer = await http.raw(path, {
        headers: { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) },
        ...(options.query ? { query: options.query } : {}),
        signal: silence.signal,
      })
      if (!answer.ok) throw await errorOf(answer)
      if (!answer.body?.getReader)
        throw new WerenodeError('not-acceptable', 'This fetch cannot read an answer as it arrives', {
          hint: 'Give createWerenode a fetch that streams (on React Native: expo/fetch).',
        })
      for await (const event of readEvents(answer.body, silence.touch)) {
        wait.reset()
        if (event.id !== undefined) lastId = event.id
        yield event
      }
    } catch (error) {
      if (options.signal?.aborted) return
      if (isWerenodeError(error) && !passing.has(error.code)) throw error
    } finally {
      silence.stop()
    }
    if (options.signal?.aborted) return
    try {
      await pause(wait.nextMs(), options.signal)
    } catch {
      // Only the caller's own signal ends a pause.
      return
    }
  }
}

const passing = new Set([
  'no-responder',
  'timeout',
  'internal',
  'store-unavailable',
  'chain-unavailable',
  'rate-limited',
])

/** Parses `text/event-stream` (HTML Living Standard §9.2.6), as far as our own server writes it. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  touch: () => void = () => undefined,
): AsyncGenerator<ServerEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      touch()
      rest += decoder.decode(value, { stream: true })
      const blocks = rest.split(/\r?\n\r?\n/)
      rest = blocks.pop()!
      for (const block of blocks) {
        const event = readBlock(block)
        if (event) yield event
      }
    }
  } finally {
    // The connection is gone already.
    await reader.cancel().catch(() => undefined)
  }
}

const readBlock = (block: string): ServerEvent | undefined => {
  let id: string | undefined
  let event = 'message'
  const data: string[] = []
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    const [name, value] = colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
    if (name === 'id') id = value
    else if (name === 'event') event = value
    else if (name === 'data') data.push(value)
  }
  if (data.length === 0) return undefined
  return { ...(id === undefined ? {} : { id }), event, data: JSON.parse(data.join('\n')) as unknown }
}

const watchdog = (ms: number, outer: AbortSignal | undefined) => {
  const ending = endingSignal(outer)
  const bark = (): void => ending.end(new WerenodeError('timeout', 'The stream fell silent'))
  let timer = setTimeout(bark, ms)
  return {
    signal: ending.signal,
    touch: (): void => {
      clearTimeout(timer)
      timer = setTimeout(bark, ms)
    },
    stop: (): void => {
      clearTimeout(timer)
      ending.release()
    },
  }
}
