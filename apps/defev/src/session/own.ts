import type { Address, Hex } from '@werenode/core'
import type { Sent } from '../wallet/send.ts'

/**
 * What only this device has of a session: the key it may co-sign, stop and dispute with (R22). Kept before anything is sent, so that a
 * page closed at any moment loses nothing; the terms themselves are on chain.
 */
export interface OwnSession {
  readonly sessionId: Hex
  readonly sessionKey: Hex
  readonly plugKey: string
  readonly at: number
}

const prefix = 'defev.session.'
const sentPrefix = 'defev.sent.'

type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export const createOwnSessions = (store: TextStore) => {
  const read = <T>(key: string): T | undefined => {
    const text = store.getItem(key)
    try {
      return text === null ? undefined : (JSON.parse(text) as T)
    } catch (error) {
      // Somebody else wrote there: the driver's wallet can do all that this key could, and the chain tells the rest.
      if (error instanceof SyntaxError) return undefined
      throw error
    }
  }
  const keys = (): readonly string[] => Array.from({ length: store.length }, (_, index) => store.key(index) ?? '')
  return {
    keep: (session: OwnSession): void => store.setItem(`${prefix}${session.sessionId}`, JSON.stringify(session)),
    find: (sessionId: Hex): OwnSession | undefined => read(`${prefix}${sessionId}`),
    /** The opening was handed to the chain: found again by it when the page was closed. */
    keepSent: (sessionId: Hex, sent: Sent): void => store.setItem(`${sentPrefix}${sessionId}`, JSON.stringify(sent)),
    sent: (sessionId: Hex): Sent | undefined => read(`${sentPrefix}${sessionId}`),
    /** Its place was taken by another transaction: it will never be mined. */
    forgetSent: (sessionId: Hex): void => store.removeItem(`${sentPrefix}${sessionId}`),
    /** Newest first: sent by this account from this device within the last hour, and not among those the chain knows. */
    pending: (account: Address, known: readonly Hex[], nowMs = Date.now()): readonly OwnSession[] =>
      keys()
        .filter((key) => key.startsWith(sentPrefix))
        .map((key) => key.slice(sentPrefix.length) as Hex)
        .filter((id) => !known.includes(id))
        .filter((id) => read<Partial<Sent>>(`${sentPrefix}${id}`)?.account?.toLowerCase() === account.toLowerCase())
        .map((id) => read<OwnSession>(`${prefix}${id}`))
        .filter((session) => session !== undefined && session.at > nowMs - pendingForMs)
        .map((session) => session!)
        .sort((a, b) => b.at - a.at),
  }
}
export type OwnSessions = ReturnType<typeof createOwnSessions>

/** Terms can be opened for minutes; what the chain has not told by then will never be. */
const pendingForMs = 3_600_000
