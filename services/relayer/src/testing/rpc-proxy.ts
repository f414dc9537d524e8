import { createServer } from 'node:http'

/** How a node may misbehave with one request. */
export type Misbehaviour =
  | 'none'
  /** Does it, but the answer comes after the client has given up. */
  | 'late'
  /** Takes the request twice, and answers every call twice. */
  | 'twice'
  /** Answers with an HTTP error without doing it. */
  | 'error'
  /** Does it, then answers text that is no JSON. */
  | 'garbage'
  /** Answers to other ids than were asked. */
  | 'mixed-up'
  /** Says it has no such receipt, transaction or block. */
  | 'forgetful'
  /** Says what was true some calls ago: an older head, an older nonce. */
  | 'stale'
  /** Says that there are no logs. */
  | 'no-logs'

interface Call {
  readonly id: number
  readonly method: string
  readonly params: readonly unknown[]
}
interface Answer {
  id: number
  result?: unknown
}

export interface RpcProxy {
  readonly url: string
  /** What it did, by kind. */
  readonly counts: ReadonlyMap<Misbehaviour, number>
  close(): Promise<void>
}

/** A node in front of the real one that misbehaves as `choose` says, per request. */
export const startRpcProxy = async (
  target: string,
  choose: (call: Call) => Misbehaviour,
  lateMs = 600,
): Promise<RpcProxy> => {
  const counts = new Map<Misbehaviour, number>()
  const old = new Map<string, unknown>()
  const pause = () => new Promise((resolve) => setTimeout(resolve, lateMs))
  const forward = async (text: string): Promise<string> => {
    const response = await fetch(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    })
    return response.text()
  }

  const spoil = (how: Misbehaviour, calls: readonly Call[], answers: readonly Answer[]): readonly Answer[] => {
    const methodOf = new Map(calls.map((call) => [call.id, call]))
    switch (how) {
      case 'twice':
        return [...answers, ...answers]
      case 'mixed-up':
        return answers.map((answer) => ({ ...answer, id: answer.id + 1_000_000 }))
      case 'forgetful':
        return answers.map((answer) =>
          /Receipt|TransactionByHash|BlockByNumber/.test(methodOf.get(answer.id)?.method ?? '')
            ? { ...answer, result: null }
            : answer,
        )
      case 'no-logs':
        return answers.map((answer) =>
          methodOf.get(answer.id)?.method === 'eth_getLogs' ? { ...answer, result: [] } : answer,
        )
      case 'stale':
        return answers.map((answer) => {
          const call = methodOf.get(answer.id)
          const was = call && old.get(`${call.method}${JSON.stringify(call.params)}`)
          return was === undefined ? answer : { ...answer, result: was }
        })
      default:
        return answers
    }
  }

  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString('utf8')
      const parsed = JSON.parse(text) as Call | Call[]
      const calls = Array.isArray(parsed) ? parsed : [parsed]
      const how = choose(calls[0]!)
      counts.set(how, (counts.get(how) ?? 0) + 1)
      if (how === 'error') return response.writeHead(502).end('bad gateway')
      if (how === 'twice') await forward(text)
      const answer = JSON.parse(await forward(text)) as Answer | Answer[]
      const answers = Array.isArray(answer) ? answer : [answer]
      const told = spoil(how, calls, answers)
      for (const call of calls) {
        const now = answers.find((one) => one.id === call.id)?.result
        if (call.params.includes('latest') && Math.random() < 0.3)
          old.set(`${call.method}${JSON.stringify(call.params)}`, now)
      }
      if (how === 'late') await pause()
      if (how === 'garbage') return response.end('<html>maintenance</html>')
      return response.end(JSON.stringify(told.length === 1 && !Array.isArray(parsed) ? told[0] : told))
    })().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    counts,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
