import type { Clock, Requests } from '@werenode/core'
import type { Mood } from './queue/context.ts'
import { gasId } from './rows.ts'
import type { Header } from './rpc/read-chain.ts'
import type { RelayerSettings } from './settings.ts'

type Health = Requests['relayer.health']['answer']

/** The chain has not answered for this long: away. */
const silentAfterMs = 15_000
/** Told logs this far behind the depth: the indexer has to catch up first. */
const mostBehind = 100

export interface HealthFacts {
  readonly head: Header | undefined
  readonly lastTurnAtMs: number
  readonly told: number
  readonly unmined: number
  readonly oldestUnminedMs: number | undefined
  readonly mood: Mood
  readonly onDemand: boolean
}

/** Can an opening be confirmed soon? If not, why, in words a driver may read. */
export const judgeHealth = (facts: HealthFacts, settings: RelayerSettings, clock: Clock): Health => {
  const nowMs = clock().getTime()
  const { head, mood } = facts
  // Blocks on demand may be old on a healthy chain: there the age is that of the last look at it.
  const seenAtMs = facts.onDemand ? facts.lastTurnAtMs : (head?.timestamp ?? 0) * 1000
  const headAgeS = Math.max(0, Math.round((nowMs - seenAtMs) / 1000))
  const behind = head === undefined ? 0 : Number(head.number) - settings.depth - facts.told
  const reason = ((): string | undefined => {
    if (!head) return 'the chain has not been reached yet'
    if (nowMs - facts.lastTurnAtMs > silentAfterMs) return 'the chain does not answer'
    if (!facts.onDemand && headAgeS > settings.headMaxAgeS) return `the newest block is ${headAgeS} s old`
    if (mood.poor) return 'the account that pays for transactions is empty'
    if (mood.dear) return 'transactions cost more than this node is set to pay'
    const gasToday = mood.gas.day === gasId(clock()) ? mood.gas.wei : 0n
    if (settings.dailyGasBudgetWei !== undefined && gasToday >= settings.dailyGasBudgetWei)
      return "today's budget for transactions is used up; send the opening from your own wallet"
    if (behind > mostBehind) return `${behind} blocks are still to be read`
    if (mood.queued > settings.maxQueued) return `${mood.queued} transactions wait before this one`
    if (facts.oldestUnminedMs !== undefined && nowMs - facts.oldestUnminedMs > settings.bumpAfterMs * 2)
      return 'transactions are not being mined'
    return undefined
  })()
  return {
    canOpen: reason === undefined,
    headBlock: (head?.number ?? 0n).toString(),
    headAgeS,
    queued: mood.queued,
    unmined: facts.unmined,
    ...(reason === undefined ? {} : { reason }),
  }
}
