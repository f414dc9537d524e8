/** What an operator's owner may hand to a delegate (R17); add them up. */
export const scopes = {
  /** Sign quotes, set and renew standing offers, void unopened terms. */
  QUOTE: 1,
  /** Sign and propose receipts, acknowledge starts. */
  RECEIPT: 2,
  /** Cancel sessions, concede disputes. */
  CANCEL: 4,
  /** Register, list, open and close EVSEs. */
  EVSE: 8,
  /** Set meter keys and flag compromised ones. */
  METER: 16,
  /** Sign roaming statements within a daily cap. */
  PAY: 32,
} as const
export type Scope = keyof typeof scopes

export const scopeMask = (...names: readonly Scope[]): number => names.reduce((mask, name) => mask | scopes[name], 0)

/** The names in a mask, for people. */
export const scopeNames = (mask: number): readonly Scope[] =>
  (Object.keys(scopes) as Scope[]).filter((name) => (mask & scopes[name]) !== 0)
