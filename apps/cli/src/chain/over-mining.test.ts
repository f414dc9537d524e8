import { expect, it } from 'vitest'
import type { NodeCall } from './errand.ts'
import type { RpcAnswer } from './node-rpc.ts'
import { readOverMining } from './over-mining.ts'

const overtaken: RpcAnswer = {
  error: { code: -32602, message: 'BlockOutOfRangeError: block height is 16 but requested was 15' },
}
const refused: RpcAnswer = { error: { code: 3, message: 'execution reverted' } }

it('asks again, and only again, what a new block overtook', async () => {
  const asked: string[][] = []
  const answersOf = new Map<string, RpcAnswer[]>([
    ['a', [overtaken, overtaken, { result: 'A' }]],
    ['b', [{ result: 'B' }]],
    ['c', [refused]],
    ['named', [overtaken]],
  ])
  const read = readOverMining(async (calls) => {
    asked.push(calls.map(({ params }) => String(params[0])))
    return calls.map(({ params }) => answersOf.get(String(params[0]))!.shift()!)
  })
  const call = (name: string, block: string): NodeCall => ({ method: 'eth_call', params: [name, block] })
  const answers = await read([call('a', 'latest'), call('b', 'latest'), call('c', 'latest'), call('named', '0xf')])
  expect(answers).toEqual([{ result: 'A' }, { result: 'B' }, refused, overtaken])
  expect(asked).toEqual([['a', 'b', 'c', 'named'], ['a'], ['a']])
})

it('tells the trouble when it does not end', async () => {
  let reads = 0
  const read = readOverMining(async (calls) => {
    reads += 1
    return calls.map(() => overtaken)
  })
  expect(await read([{ method: 'eth_call', params: [{}, 'latest'] }])).toEqual([overtaken])
  expect(reads).toBe(5)
})
