import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a node of the chain behaves. `lags`: it tells of nothing after a block it once saw. */
export type NodeMood = 'well' | 'away' | 'silent' | 'lags'

interface Call {
  readonly id: unknown
  readonly method: string
  readonly params: readonly unknown[]
}

/** A node between the page and the chain that can be away, silent or behind. What it answers else is the chain's own word. */
export const startRpcProxy = async (target: string) => {
  let mood: NodeMood = 'well'
  let frozen = 0n
  let asked = 0

  const ask = async (method: string, params: readonly unknown[]): Promise<{ result?: unknown; error?: unknown }> =>
    (await (
      await fetch(target, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      })
    ).json()) as { result?: unknown; error?: unknown }
  const hex = (value: bigint): string => `0x${value.toString(16)}`
  const old = (block: unknown): unknown =>
    block === undefined ||
    block === 'latest' ||
    block === 'pending' ||
    (typeof block === 'string' && BigInt(block) > frozen)
      ? hex(frozen)
      : block

  /** The same question as a node would answer it that stopped at `frozen`. */
  const asOld = async ({ method, params }: Call): Promise<{ result?: unknown; error?: unknown }> => {
    if (method === 'eth_blockNumber') return { result: hex(frozen) }
    if (method === 'eth_getBlockByNumber') return ask(method, [old(params[0]), params[1]])
    if (method === 'eth_call' || method === 'eth_getTransactionCount' || method === 'eth_getBalance')
      return ask(method, [params[0], old(params[1]), ...params.slice(2)])
    if (method === 'eth_getLogs') {
      const [filter] = params as [{ toBlock?: string }]
      return ask(method, [{ ...filter, toBlock: old(filter.toBlock) }])
    }
    const answer = await ask(method, params)
    const at = (answer.result as { blockNumber?: string } | null)?.blockNumber
    return typeof at === 'string' && BigInt(at) > frozen ? { result: null } : answer
  }

  const server = createServer((request, response) => {
    const headers = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'content-type',
      'access-control-allow-methods': 'POST, OPTIONS',
      'content-type': 'application/json',
    }
    if (request.method === 'OPTIONS') return void response.writeHead(204, headers).end()
    asked += 1
    if (mood === 'away') return void request.socket.destroy()
    // Nothing is ever answered: the page has to give up by itself.
    if (mood === 'silent') return
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      try {
        const call = JSON.parse(Buffer.concat(chunks).toString()) as Call
        const answer = mood === 'lags' ? await asOld(call) : await ask(call.method, call.params)
        response.writeHead(200, headers).end(JSON.stringify({ jsonrpc: '2.0', id: call.id, ...answer }))
      } catch {
        // The chain itself is gone, or the proof is over: a node that answers nothing.
        request.socket.destroy()
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    be: async (next: NodeMood): Promise<void> => {
      if (next === 'lags') frozen = BigInt((await ask('eth_blockNumber', [])).result as string)
      mood = next
    },
    stop: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
export type RpcProxy = Awaited<ReturnType<typeof startRpcProxy>>
