import {
  ask,
  type Bus,
  type ChainSession,
  isWerenodeError,
  type SessionId,
  type Store,
  WerenodeError,
} from '@werenode/core'
import { endedBefore } from './charge-doc.ts'
import { type Check, verifyReceipt } from './verify.ts'

/** A receipt with what backs it and what became of each check. */
export const createPublicReceipt =
  ({ store, bus }: { store: Store; bus: Bus }) =>
  async (sessionId: SessionId) => {
    const view = await ask(bus, 'manager.session', { sessionId })
    const backing = await ask(bus, 'manager.evidence', { sessionId })
    const network = await ask(bus, 'relayer.network', {})
    const chain = backing.paid ? await chainSession(bus, sessionId) : undefined
    const endedBeforeWh = await endedBefore(store, view)
    const checks = await verifyReceipt({ view, backing, network, chain, endedBeforeWh })
    return { view, backing, network, chain, checks, holds: holds(checks) }
  }
export type PublicReceipt = Awaited<ReturnType<ReturnType<typeof createPublicReceipt>>>

/** `open` while something cannot be checked yet that can be later; a co-signature need not come, nor a charge before. */
const holds = (checks: readonly Check[]): 'holds' | 'broken' | 'open' => {
  if (checks.some(({ verdict }) => verdict === 'broken')) return 'broken'
  const must = checks.filter(({ name }) => name !== 'cosignature' && name !== 'continuity')
  return must.some(({ verdict }) => verdict === 'open') ? 'open' : 'holds'
}

const chainSession = async (bus: Bus, sessionId: SessionId): Promise<ChainSession | undefined> => {
  try {
    return await ask(bus, 'relayer.session', { sessionId })
  } catch (error) {
    if (
      isWerenodeError(error) &&
      (error.code === 'no-responder' || error.code === 'timeout' || error.code === 'chain-unavailable')
    )
      return undefined
    throw error
  }
}

export const noSuchReceipt = (): WerenodeError =>
  new WerenodeError('not-found', 'There is no such charge here', { hint: 'Check the address on the receipt.' })
