import { ask, type Bus, type Clock, isWerenodeError, WerenodeError } from '@werenode/core'
import type { OperatorIdentity } from './offer.ts'

/** A payout account changes with two days' notice (R16), so a minute-old one is good. */
const keepMs = 60_000

/** This node's operator as the relayer knows it from the chain. */
export const operatorFromRelayer = ({ bus, clock }: { bus: Bus; clock: Clock }): (() => Promise<OperatorIdentity>) => {
  let kept: { operator: OperatorIdentity; at: number } | undefined
  return async () => {
    const now = clock().getTime()
    if (kept && now - kept.at < keepMs) return kept.operator
    try {
      const { operatorId, payee } = await ask(bus, 'relayer.network', {})
      kept = { operator: { operatorId, payee }, at: now }
      return kept.operator
    } catch (cause) {
      if (!isWerenodeError(cause) || (cause.code !== 'no-responder' && cause.code !== 'timeout')) throw cause
      throw new WerenodeError('chain-unavailable', 'The chain cannot be reached, so nothing can be paid just now', {
        hint: 'Try again in a minute; free plugs work.',
        cause,
      })
    }
  }
}
