import type { NodeCall } from './errand.ts'
import type { RpcAnswer } from './node-rpc.ts'

type Read = (calls: readonly NodeCall[]) => Promise<readonly RpcAnswer[]>

const attempts = 5

/**
 * The node keeps the state of the newest block alone. Where a block is mined between its resolving of `latest` and its opening of the
 * state, it answers that the block is out of range: such a call is asked again. A block that was named by its number is not.
 */
export const readOverMining =
  (read: Read): Read =>
  async (calls) => {
    const answers = [...(await read(calls))]
    for (let attempt = 1; attempt < attempts; attempt += 1) {
      const overtaken = calls.flatMap((call, at) => (isOvertaken(call, answers[at]) ? [at] : []))
      if (overtaken.length === 0) break
      const again = await read(overtaken.map((at) => calls[at]!))
      for (const [i, at] of overtaken.entries()) answers[at] = again[i]!
    }
    return answers
  }

const isOvertaken = ({ params }: NodeCall, answer: RpcAnswer | undefined): boolean =>
  answer !== undefined &&
  'error' in answer &&
  answer.error.message.includes('BlockOutOfRange') &&
  !/^0x/.test(String(params[1] ?? 'latest'))
