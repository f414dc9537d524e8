import { BaseError, HttpRequestError, RpcRequestError, TimeoutError } from 'viem'

/** One call to a node, by EIP-1193. */
export type Ask = (call: { readonly method: string; readonly params?: unknown }) => Promise<unknown>

export interface NodeState {
  readonly url: string
  /** The newest block it told of. */
  readonly head: bigint | undefined
  readonly state: 'in use' | 'ready' | 'behind' | 'away'
}

/** A node that did not answer is left alone for this long, ms. */
const restMs = 20_000
/** All nodes are asked for their newest block at most this often, ms. */
const surveyEveryMs = 10_000
/** A node this many blocks behind the best is not asked while a better one answers. */
const mostBehind = 3n

/** The node judged the call; another one would say the same. */
const isVerdict = (error: unknown): boolean => {
  const rpc = causeOf(error, RpcRequestError)
  if (rpc === undefined) return false
  return rpc.code === 3 || rpc.code === -32000 || rpc.code === -32003 || /revert/i.test(rpc.details)
}

const tooMuchWords = /limit|range|too (many|large|big)|more than|exceed|response size/i

/** The node answers, but not so much at once: fewer blocks may do. */
export const isTooMuch = (error: unknown): boolean => {
  const rpc = causeOf(error, RpcRequestError)
  if (rpc !== undefined)
    // A node that counts calls wants a pause, not shorter questions.
    return (
      !/slow down|rate|requests|calls/i.test(rpc.details) && (rpc.code === -32005 || tooMuchWords.test(rpc.details))
    )
  const status = causeOf(error, HttpRequestError)?.status
  return status === 413 || causeOf(error, TimeoutError) !== undefined
}

const causeOf = <T extends Error>(error: unknown, kind: abstract new (...args: never[]) => T): T | undefined => {
  if (!(error instanceof BaseError)) return undefined
  const found = error.walk((one) => one instanceof kind)
  return found instanceof kind ? found : undefined
}

interface Node {
  readonly url: string
  readonly ask: Ask
  head: bigint | undefined
  /** Not asked before, ms. */
  restUntilMs: number
}

/**
 * Several nodes as one: calls go to the first of the deployment's order that answers and is not behind. One that fails rests a while; all
 * are asked for their newest block now and then, so that one that lags is noticed and left aside. With every node at rest, all are tried.
 */
export const createNodes = (
  given: readonly { readonly url: string; readonly ask: Ask }[],
  nowMs: () => number = Date.now,
) => {
  const nodes: readonly Node[] = given.map(({ url, ask }) => ({ url, ask, head: undefined, restUntilMs: 0 }))
  let surveyedAtMs = Number.NEGATIVE_INFINITY

  const best = (): bigint =>
    nodes.reduce(
      (most, { head, restUntilMs }) => (restUntilMs <= nowMs() && head !== undefined && head > most ? head : most),
      0n,
    )
  const isBehind = ({ head }: Node): boolean => head !== undefined && head + mostBehind < best()
  /** Ready ones first, then those behind, then those at rest; within each, the deployment's order. */
  const inOrder = (): readonly Node[] => {
    const rank = (node: Node): number => (node.restUntilMs > nowMs() ? 2 : isBehind(node) ? 1 : 0)
    return [...nodes].sort((a, b) => rank(a) - rank(b))
  }
  const noteHead = (node: Node, method: string, answer: unknown): void => {
    const told =
      method === 'eth_blockNumber'
        ? answer
        : method === 'eth_getBlockByNumber'
          ? (answer as { number?: unknown } | null)?.number
          : undefined
    if (typeof told !== 'string') return
    const head = BigInt(told)
    // An old block that was asked for says nothing; `eth_blockNumber` does, downwards too.
    if (method === 'eth_blockNumber' || node.head === undefined || head > node.head) node.head = head
  }
  const askOne = async (node: Node, call: Parameters<Ask>[0]): Promise<unknown> => {
    const answer = await node.ask(call)
    noteHead(node, call.method, answer)
    node.restUntilMs = 0
    return answer
  }
  const rest = (node: Node): void => {
    node.restUntilMs = nowMs() + restMs
  }
  const survey = async (): Promise<void> => {
    surveyedAtMs = nowMs()
    await Promise.all(nodes.map((node) => askOne(node, { method: 'eth_blockNumber' }).catch(() => rest(node))))
  }

  const request: Ask = async (call) => {
    if (nodes.length > 1 && nowMs() - surveyedAtMs > surveyEveryMs) {
      const surveyed = survey()
      // The first call waits for it: a node that lags would begin the index in the past.
      if (nodes.every(({ head }) => head === undefined)) await Promise.race([surveyed, pause(firstSurveyMs)])
    }
    let last: unknown
    for (const node of inOrder()) {
      try {
        return await askOne(node, call)
      } catch (error) {
        if (isVerdict(error)) throw error
        last = error
        // One that answers with a refusal is there; one that does not answer rests.
        if (causeOf(error, RpcRequestError) === undefined) rest(node)
      }
    }
    throw last
  }

  return {
    request,
    survey,
    states: (): readonly NodeState[] => {
      const [first] = inOrder()
      return nodes.map((node) => ({
        url: node.url,
        head: node.head,
        state: node.restUntilMs > nowMs() ? 'away' : isBehind(node) ? 'behind' : node === first ? 'in use' : 'ready',
      }))
    },
  }
}
export type Nodes = ReturnType<typeof createNodes>

const firstSurveyMs = 1_500
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
