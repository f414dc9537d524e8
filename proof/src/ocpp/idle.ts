import { openLine, openLines } from './fleet.ts'
import { startServer } from './server-process.ts'

export interface IdleCost {
  readonly bytesEach: number
  readonly reconnectMs: number
  /** After all came back. */
  readonly connected: number
}

/** What a connection that does nothing takes in memory, and how long all of them take to come back after they were cut. */
export const idleCost = async (connections: number, report: (text: string) => void): Promise<IdleCost> => {
  const server = await startServer('ours', connections + 1)
  try {
    // The first connections pay for what all share.
    for (const line of await openLines(server.port, 200, true)) line.close()
    const gone = async (most: number): Promise<void> => {
      while ((await server.ask('cpu')).connected > most) await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await gone(0)
    const watcher = await openLine(server.port, `P-${connections}`, true)
    const before = await server.ask('memory')
    const first = await openLines(server.port, connections, false)
    const after = await server.ask('memory')
    const bytesEach = (after.rssBytes - before.rssBytes) / connections
    report(`${connections} idle connections: ${(bytesEach / 1000).toFixed(1)} kB each`)
    for (const line of [watcher, ...first]) line.close()
    await gone(0)
    const began = performance.now()
    const again = await openLines(server.port, connections, false)
    const reconnectMs = performance.now() - began
    const { connected } = await server.ask('cpu')
    for (const line of again) line.close()
    return { bytesEach, reconnectMs, connected }
  } finally {
    await server.stop()
  }
}
