import { chargeEscrowAbi } from '@werenode/chain'
import { type Hex, parseSessionId, type SessionId } from '@werenode/core'
import { encodeEventTopics } from 'viem'
import type { RawLog } from '../rpc/read-chain.ts'

const [settledTopic] = encodeEventTopics({ abi: chargeEscrowAbi, eventName: 'SessionSettled' })

/** Which sessions a mined batch settled (the first indexed field of the event); the others were skipped. */
export const settledSessions = (logs: readonly RawLog[]): ReadonlySet<SessionId> =>
  new Set(
    logs
      .filter((log) => log.topics[0] === settledTopic && log.topics[1] !== undefined)
      .map((log) => parseSessionId(log.topics[1] as Hex)),
  )
