import { HttpRequestError, RpcRequestError } from 'viem'
import { describe, expect, it } from 'vitest'
import { createNodes, isTooMuch } from '../src/chain/nodes.ts'

const rpcError = (code: number, message: string) =>
  new RpcRequestError({ body: {}, url: 'http://node', error: { code, message } })
const gone = () => new HttpRequestError({ url: 'http://node', details: 'Failed to fetch' })

const setting = (heads: readonly (number | 'away')[]) => {
  const state = [...heads]
  const asked: string[] = []
  let now = 1_000_000
  const nodes = createNodes(
    state.map((_, index) => ({
      url: `http://${index}`,
      ask: async ({ method }) => {
        if (method !== 'eth_blockNumber') asked.push(`${index}`)
        const head = state[index]!
        if (head === 'away') throw gone()
        if (method === 'eth_call') throw rpcError(3, 'execution reverted')
        return method === 'eth_blockNumber' ? `0x${head.toString(16)}` : `from ${index}`
      },
    })),
    () => now,
  )
  return { nodes, state, asked, pass: (ms: number) => (now += ms) }
}
const call = { method: 'eth_getLogs' }

describe('several nodes', () => {
  it('are asked in the order of the deployment while the first one is well', async () => {
    const { nodes } = setting([100, 100])
    expect(await nodes.request(call)).toBe('from 0')
    expect(nodes.states().map(({ state }) => state)).toEqual(['in use', 'ready'])
  })

  it('go on with the next when one is away, leave it alone a while, and come back to it', async () => {
    const { nodes, state, asked, pass } = setting(['away', 100])
    expect(await nodes.request(call)).toBe('from 1')
    expect(await nodes.request(call)).toBe('from 1')
    expect(asked).toEqual(['1', '1'])
    state[0] = 100
    pass(30_000)
    await nodes.survey()
    expect(await nodes.request(call)).toBe('from 0')
  })

  it('leave a node aside that lags', async () => {
    const { nodes } = setting([90, 100])
    expect(await nodes.request(call)).toBe('from 1')
    expect(nodes.states().map(({ state }) => state)).toEqual(['behind', 'in use'])
  })

  it('use a node that lags when there is no other', async () => {
    const { nodes, state } = setting([90, 100])
    await nodes.request(call)
    state[1] = 'away'
    expect(await nodes.request(call)).toBe('from 0')
  })

  it('believe the first verdict on a call, and say so when all are away', async () => {
    const { nodes, asked } = setting([100, 100])
    await expect(nodes.request({ method: 'eth_call' })).rejects.toThrow(/reverted/)
    expect(asked).toEqual(['0'])
    const away = setting(['away', 'away'])
    await expect(away.nodes.request(call)).rejects.toThrow(/HTTP request failed/)
  })

  it('know which refusal means: ask for less', () => {
    expect(isTooMuch(rpcError(-32005, 'limit exceeded'))).toBe(true)
    expect(isTooMuch(rpcError(-32005, 'Too many calls from this address; slow down'))).toBe(false)
    expect(isTooMuch(rpcError(-32000, 'query returned more than 10000 results'))).toBe(true)
    expect(isTooMuch(rpcError(-32000, 'execution reverted'))).toBe(false)
    expect(isTooMuch(gone())).toBe(false)
  })
})
