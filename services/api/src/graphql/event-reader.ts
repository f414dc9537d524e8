import { PassThrough } from 'node:stream'
import type { StreamReply } from '../http/event-stream.ts'

/** A listener inside the process: takes what an event stream writes, and gives it out event by event. */
export const createEventReader = () => {
  const pipe = Object.assign(new PassThrough({ highWaterMark: 256 * 1024 }), {
    setHeader: () => undefined,
    writeHead: () => undefined,
  })
  const reply: StreamReply = { raw: pipe, hijack: () => undefined, getHeaders: () => ({}), sent: false }

  return {
    reply,
    end: () => pipe.destroy(),
    async *events(): AsyncGenerator<unknown> {
      let rest = ''
      pipe.setEncoding('utf8')
      for await (const chunk of pipe as AsyncIterable<string>) {
        const frames = (rest + chunk).split('\n\n')
        rest = frames.pop()!
        for (const frame of frames) {
          const lines = frame.split('\n')
          const data = lines.find((line) => line.startsWith('data: '))?.slice(6)
          // An opening has no id: it is the state of things, in an envelope of its own.
          if (data !== undefined && lines.some((line) => line.startsWith('id: '))) yield JSON.parse(data)
        }
      }
    },
  }
}
