/**
 * Load from a process of its own, so that the server's CPU is the server's alone: forked once, it takes one wish after the other and
 * answers requests, bad answers and latencies in ms.
 */
import { Agent, request } from 'node:http'

export interface LoadWish {
  readonly urls: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
  readonly clients: number
  readonly forMs: number
}
export interface LoadResult {
  readonly requests: number
  readonly bad: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const ask = (agent: Agent, url: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
      answer.on('error', reject)
    })
      .on('error', reject)
      .end()
  })

const load = async ({ urls, headers = {}, clients, forMs }: LoadWish): Promise<LoadResult> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const latencies: number[] = []
  let bad = 0
  let turn = 0
  const until = performance.now() + forMs
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      const url = urls[turn++ % urls.length]!
      const began = performance.now()
      const status = await ask(agent, url, headers).catch(() => 0)
      latencies.push(performance.now() - began)
      if (status !== 200) bad += 1
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  agent.destroy()
  latencies.sort((a, b) => a - b)
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { requests: latencies.length, bad, p50Ms: at(0.5), p99Ms: at(0.99) }
}

if (import.meta.main)
  process.on('message', async (wish: LoadWish) => {
    process.send!(await load(wish))
  })
