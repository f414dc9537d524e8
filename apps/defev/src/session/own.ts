import type { Hex } from '@werenode/core'

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

export const createOwnSessions = (store: Pick<Storage, 'getItem' | 'setItem' | 'key' | 'length'>) => ({
  keep: (session: OwnSession): void => store.setItem(`${prefix}${session.sessionId}`, JSON.stringify(session)),
  find: (sessionId: Hex): OwnSession | undefined => {
    const text = store.getItem(`${prefix}${sessionId}`)
    try {
      return text === null ? undefined : (JSON.parse(text) as OwnSession)
    } catch {
      // Somebody else wrote there: the driver's wallet can do all that this key could.
      return undefined
    }
  },
})
export type OwnSessions = ReturnType<typeof createOwnSessions>
