import { WebSocket } from 'ws'

type Json = Record<string, unknown>

/** A station that does exactly what the test says, on a real WebSocket: frames in and out, nothing by itself. */
export interface TestStation {
  readonly stationId: string
  readonly socket: WebSocket
  /** Every frame received, parsed. */
  readonly received: unknown[][]
  send(frame: unknown): void
  raw(text: string): void
  /** Sends a CALL and resolves with the payload of its answer; rejects with the CALLERROR's code. */
  call(action: string, payload: unknown, id?: string | number): Promise<never>
  /** The next CALL of the server with this action, unanswered. */
  asked(action: string, timeoutMs?: number): Promise<{ id: string; payload: Json }>
  answer(id: string | number, payload: unknown): void
  /** Answers every CALL of an action from now on; a function gets the payload. */
  answering(action: string, payload: unknown | ((payload: Json) => unknown)): void
  boot(): Promise<void>
  close(): void
  readonly closed: Promise<{ code: number; reason: string }>
}

let counter = 0

export const connectStation = (options: {
  url: string
  stationId: string
  password: string | undefined
  version: string
  headers?: Record<string, string>
  autoPong?: boolean
}): Promise<TestStation> =>
  new Promise((resolve, reject) => {
    const { stationId, password, version } = options
    const authorization =
      password === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(`${stationId}:${password}`).toString('base64')}` }
    const socket = new WebSocket(
      `${options.url}${encodeURIComponent(stationId)}`,
      version === '' ? [] : version.split(','),
      {
        headers: { ...authorization, ...options.headers },
        autoPong: options.autoPong ?? true,
      },
    )
    const received: unknown[][] = []
    const pending = new Map<string, { resolve: (payload: never) => void; reject: (error: Error) => void }>()
    const questions: { id: string; action: string; payload: Json }[] = []
    const watchers = new Set<() => void>()
    const answers = new Map<string, unknown>()
    socket.on('unexpected-response', (_, response) => {
      let words = ''
      response.on('data', (chunk) => {
        words += chunk
      })
      response.on('end', () =>
        reject(Object.assign(new Error(words), { status: response.statusCode, headers: response.headers })),
      )
    })
    socket.on('error', reject)
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as unknown[]
      received.push(frame)
      const [kind, id, third, fourth] = frame as [number, string, never, never]
      if (kind === 2) {
        const fixed = answers.get(third)
        if (fixed !== undefined)
          return station.answer(id, typeof fixed === 'function' ? (fixed as (payload: Json) => unknown)(fourth) : fixed)
        questions.push({ id, action: third, payload: fourth })
        for (const watch of watchers) watch()
        return
      }
      const waiting = pending.get(String(id))
      pending.delete(String(id))
      if (kind === 3) waiting?.resolve(third)
      else waiting?.reject(Object.assign(new Error(`${third}: ${fourth}`), { code: third }))
    })
    const closed = new Promise<{ code: number; reason: string }>((done) =>
      socket.on('close', (code, reason) => {
        for (const { reject: fail } of pending.values()) fail(new Error(`closed with ${code} ${reason}`))
        done({ code, reason: String(reason) })
      }),
    )
    const station: TestStation = {
      stationId,
      socket,
      received,
      send: (frame) => socket.send(JSON.stringify(frame)),
      raw: (text) => socket.send(text),
      call: (action, payload, id = `m${++counter}`) =>
        new Promise((done, fail) => {
          pending.set(String(id), { resolve: done, reject: fail })
          socket.send(JSON.stringify([2, id, action, payload]))
        }),
      asked: (action, timeoutMs = 3_000) =>
        new Promise((done, fail) => {
          const timer = setTimeout(() => {
            watchers.delete(look)
            fail(new Error(`The server did not ask for ${action} within ${timeoutMs} ms`))
          }, timeoutMs)
          const look = (): void => {
            const place = questions.findIndex((question) => question.action === action)
            if (place < 0) return
            clearTimeout(timer)
            watchers.delete(look)
            done(questions.splice(place, 1)[0]!)
          }
          watchers.add(look)
          look()
        }),
      answer: (id, payload) => socket.send(JSON.stringify([3, id, payload])),
      answering: (action, payload) => {
        answers.set(action, payload)
      },
      boot: async () => {
        const is16 = version.startsWith('ocpp1.6')
        station.answering('ChangeConfiguration', { status: 'Accepted' })
        station.answering('SetVariables', (payload: Json) => ({
          setVariableResult: (payload.setVariableData as Json[]).map(({ component, variable }) => ({
            attributeStatus: 'Accepted',
            component,
            variable,
          })),
        }))
        station.answering('TriggerMessage', { status: 'Accepted' })
        await station.call(
          'BootNotification',
          is16
            ? { chargePointVendor: 'Test', chargePointModel: 'T1' }
            : { reason: 'PowerUp', chargingStation: { vendorName: 'Test', model: 'T1' } },
        )
      },
      close: () => socket.terminate(),
      closed,
    }
    socket.on('open', () => resolve(station))
  })
