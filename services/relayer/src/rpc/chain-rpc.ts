import { WerenodeError } from '@werenode/core'
import { request } from 'undici'

/** The node's own refusal of one call. */
export interface RpcRefusal {
  readonly code: number
  readonly message: string
  readonly data?: unknown
}
export type RpcAnswer<R = unknown> = { readonly result: R } | { readonly refused: RpcRefusal }
export interface RpcCall {
  readonly method: string
  readonly params: readonly unknown[]
}

/** JSON-RPC over one or several nodes of one chain. Nothing a node says is taken on faith: who calls checks what it needs. */
export interface ChainRpc {
  /** Throws `chain-unavailable` when no node gives a usable answer, also when the node refuses this call. */
  call<R>(method: string, params: readonly unknown[]): Promise<R>
  /** Answers in the order of the calls; the node takes them in that order. Throws `chain-unavailable`. */
  batch<R = unknown>(calls: readonly RpcCall[]): Promise<readonly RpcAnswer<R>[]>
  /** Milliseconds since 1970 of the last usable answer; 0 before the first. */
  lastAnswerAtMs(): number
}

export interface ChainRpcOptions {
  readonly urls: readonly string[]
  /** Every node must be on this chain; one that is not is never used. */
  readonly chainId: number
  readonly nowMs: () => number
  readonly timeoutMs?: number
  /** `first`: of this kind since the last usable answer, so that a node that is away is not told of every second. */
  readonly onTrouble?: (trouble: { readonly node: number; readonly reason: string; readonly first: boolean }) => void
}

/** Bounds of one HTTP request; more calls are sent as several, one after the other. */
const callsPerRequest = 60
const bytesPerRequest = 600_000
/** A node that failed is left alone for this long while another one answers. */
const restMs = 5_000
const retryPausesMs = [30, 150]

/**
 * Asks the nodes in their order of preference; one that does not answer in time, answers something else than was asked, or is on
 * another chain is passed over for the next.
 */
export const createChainRpc = (options: ChainRpcOptions): ChainRpc => {
  const nodes = options.urls.map((url, index) => ({ url, index, checked: false, restsUntilMs: 0 }))
  const timeoutMs = options.timeoutMs ?? 10_000
  let lastAnswerAtMs = 0
  let lastId = 0
  let lastTrouble = ''

  const post = async (url: string, body: string): Promise<unknown> => {
    // The queue asks many times a second: this takes half the CPU of `fetch`.
    const { statusCode, body: answer } = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (statusCode < 200 || statusCode > 299) {
      await answer.dump()
      throw new Error(`HTTP ${statusCode}`)
    }
    return answer.json()
  }

  const exchange = async (url: string, calls: readonly RpcCall[]): Promise<readonly RpcAnswer[]> => {
    const first = lastId + 1
    lastId += calls.length
    const requests = calls.map((call, index) => ({ jsonrpc: '2.0', id: first + index, ...call }))
    const answer = await post(url, JSON.stringify(requests.length === 1 ? requests[0] : requests))
    return readAnswers(answer, first, calls.length)
  }

  const check = async (node: (typeof nodes)[number]): Promise<void> => {
    if (node.checked) return
    const [answer] = await exchange(node.url, [{ method: 'eth_chainId', params: [] }])
    const chainId = answer && 'result' in answer ? Number(answer.result) : Number.NaN
    if (chainId !== options.chainId) throw new Error(`it is on chain ${chainId}, not ${options.chainId}`)
    node.checked = true
  }

  /** One request's worth of calls to the first node that answers. Every call may be repeated: also sending what was signed. */
  const ask = async (calls: readonly RpcCall[]): Promise<readonly RpcAnswer[]> => {
    const startedAtMs = options.nowMs()
    let reason = 'no node is configured'
    for (const pauseMs of [0, ...retryPausesMs]) {
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
      const now = options.nowMs()
      if (now - startedAtMs > timeoutMs) break // A node that hangs is not hung on to several times in one call.
      const rested = nodes.filter((node) => node.restsUntilMs <= now)
      for (const node of rested.length > 0 ? rested : nodes) {
        try {
          await check(node)
          const answers = await exchange(node.url, calls)
          lastAnswerAtMs = options.nowMs()
          node.restsUntilMs = 0
          lastTrouble = ''
          return answers
        } catch (error) {
          reason = error instanceof Error ? error.message : String(error)
          node.checked = false // After trouble it may be another node behind the same address.
          node.restsUntilMs = options.nowMs() + restMs
          const trouble = `${node.index} ${reason}`
          options.onTrouble?.({ node: node.index, reason, first: trouble !== lastTrouble })
          lastTrouble = trouble
        }
      }
    }
    throw new WerenodeError('chain-unavailable', `The chain does not answer (${reason})`, {
      hint: 'Check the RPC address and the node behind it; everything waits in the queue until it is back.',
    })
  }

  return {
    call: async <R>(method: string, params: readonly unknown[]) => {
      const [answer] = await ask([{ method, params }])
      if (answer && 'result' in answer) return answer.result as R
      const why = answer?.refused.message ?? 'no answer'
      throw new WerenodeError('chain-unavailable', `The chain's node refuses ${method}: ${why.slice(0, 200)}`, {
        hint: 'It is asked again in a moment; if it goes on, use another RPC node.',
      })
    },
    batch: async <R>(calls: readonly RpcCall[]) => {
      const answers: RpcAnswer[] = []
      for (const part of parts(calls)) answers.push(...(await ask(part)))
      return answers as readonly RpcAnswer<R>[]
    },
    lastAnswerAtMs: () => lastAnswerAtMs,
  }
}

function* parts(calls: readonly RpcCall[]): Generator<readonly RpcCall[]> {
  let part: RpcCall[] = []
  let bytes = 0
  for (const call of calls) {
    const size = call.params.reduce<number>((sum, param) => sum + JSON.stringify(param).length, 100)
    if (part.length > 0 && (part.length >= callsPerRequest || bytes + size > bytesPerRequest)) {
      yield part
      part = []
      bytes = 0
    }
    part.push(call)
    bytes += size
  }
  if (part.length > 0) yield part
}

/** Puts answers in the order of the calls. An answer that is missing, or is to something else, makes all of them unusable. */
const readAnswers = (answer: unknown, first: number, count: number): readonly RpcAnswer[] => {
  const list = Array.isArray(answer) ? answer : [answer]
  const byId = new Map<unknown, RpcAnswer>()
  for (const one of list as { id?: unknown; result?: unknown; error?: RpcRefusal }[]) {
    if (typeof one !== 'object' || one === null || byId.has(one.id)) continue // Told twice: the first counts.
    if (one.error) byId.set(one.id, { refused: one.error })
    else if ('result' in one) byId.set(one.id, { result: one.result })
  }
  return Array.from({ length: count }, (_, index) => {
    const found = byId.get(first + index)
    if (!found) throw new Error('it answered something else than was asked')
    return found
  })
}
