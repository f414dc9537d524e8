import { setTimeout as sleep } from 'node:timers/promises'

export interface Sse {
  readonly id?: string
  readonly event?: string
  readonly data: unknown
}

/** A listener of server-sent events, as a client would be one. */
export const listen = async (url: string, headers: Record<string, string> = {}) => {
  const stop = new AbortController()
  const answer = await fetch(url, { headers, signal: stop.signal })
  const got: Sse[] = []
  let comments = 0
  let over = false
  const reading = (async () => {
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of answer.body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true })
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        const fields = Object.fromEntries(
          block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        )
        if (fields[''] !== undefined) comments += 1
        if (fields.data !== undefined) got.push({ ...fields, data: JSON.parse(fields.data) })
      }
    }
  })()
    .catch(() => undefined)
    .finally(() => {
      over = true
    })
  const until = async (done: () => boolean): Promise<void> => {
    for (let waited = 0; !done(); waited += 5) {
      if (waited > 15_000) throw new Error(`waited in vain; got ${JSON.stringify(got).slice(0, 500)}`)
      await sleep(5)
    }
  }
  return {
    answer,
    got,
    comments: () => comments,
    isOver: () => over,
    until,
    count: (n: number) => until(() => got.length >= n),
    close: async () => {
      stop.abort()
      await reading
    },
  }
}
