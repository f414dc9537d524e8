import { WebSocket } from 'ws'

/** One station on the line that sends what it is told to. */
export interface Line {
  call(action: string, payload: unknown): Promise<unknown>
  /** One periodic reading of its running transaction. */
  reading(): Promise<unknown>
  close(): void
}

/** Connects; with `boot` it also boots and starts a transaction. */
export const openLine = async (port: number, stationId: string, boot: boolean): Promise<Line> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ocpp/${stationId}`, ['ocpp1.6'], { perMessageDeflate: false })
  const waiting = new Map<string, (payload: unknown) => void>()
  let number = 0
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => socket.terminate())
  socket.on('message', (data) => {
    const [kind, id, third] = JSON.parse(String(data)) as [number, string, unknown]
    if (kind === 2) return socket.send(JSON.stringify([3, id, { status: 'Accepted' }]))
    waiting.get(id)?.(third)
    waiting.delete(id)
  })
  const call: Line['call'] = (action, payload) =>
    new Promise((resolve) => {
      number += 1
      waiting.set(String(number), resolve)
      socket.send(JSON.stringify([2, String(number), action, payload]))
    })
  let transactionId = 1
  let registerWh = 1_000_000
  let sampledAt = Date.now()
  if (boot) {
    await call('BootNotification', { chargePointVendor: 'Proof', chargePointModel: 'P' })
    const start = { connectorId: 1, idTag: 'PROOF', meterStart: registerWh, timestamp: new Date().toISOString() }
    ;({ transactionId } = (await call('StartTransaction', start)) as { transactionId: number })
  }
  return {
    call,
    reading: () => {
      sampledAt += 1_000
      registerWh += 3
      const context = 'Sample.Periodic'
      return call('MeterValues', {
        connectorId: 1,
        transactionId,
        meterValue: [
          {
            timestamp: new Date(sampledAt).toISOString(),
            sampledValue: [
              { value: String(registerWh), context, measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
              { value: '11040.0', context, measurand: 'Power.Active.Import', unit: 'W' },
            ],
          },
        ],
      })
    },
    close: () => socket.terminate(),
  }
}

/** Many at once, but no more than a listening socket's queue takes. */
export const openLines = async (port: number, count: number, boot: boolean): Promise<readonly Line[]> => {
  const lines: Line[] = []
  for (let at = 0; at < count; at += 250) {
    const some = Array.from({ length: Math.min(250, count - at) }, (_, index) => `P-${at + index}`)
    lines.push(...(await Promise.all(some.map((stationId) => openLine(port, stationId, boot)))))
  }
  return lines
}

/** So many readings over all lines, one outstanding on each: what the server can take. */
export const sendAll = async (lines: readonly Line[], readings: number): Promise<void> => {
  let left = readings
  const work = async (line: Line): Promise<void> => {
    for (; left > 0; ) {
      left -= 1
      await line.reading()
    }
  }
  await Promise.all(lines.map(work))
}

/** Readings at a steady rate; resolves with how long each took to its answer, ms, in ascending order. */
export const sendSteadily = async (
  lines: readonly Line[],
  perSecond: number,
  readings: number,
): Promise<readonly number[]> => {
  const tookMs: number[] = []
  const waiting: Promise<unknown>[] = []
  const began = performance.now()
  for (let sent = 0; sent < readings; ) {
    const due = Math.min(readings, Math.floor(((performance.now() - began) / 1000) * perSecond))
    for (; sent < due; sent += 1) {
      const at = performance.now()
      waiting.push(lines[sent % lines.length]!.reading().then(() => tookMs.push(performance.now() - at)))
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(waiting)
  return tookMs.sort((a, b) => a - b)
}
