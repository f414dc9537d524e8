/** What a node's refusal of a raw transaction means for it. */
export type SendFate =
  /** It has it. */
  | 'known'
  /** The nonce is used: by us or by somebody else, the receipts will tell. */
  | 'nonce-used'
  | 'underpriced'
  /** The sender cannot pay for the gas. */
  | 'poor'
  /** Not now: full, busy, ahead of a gap. */
  | 'later'
  /** This transaction can never be mined. */
  | 'never'

const patterns: readonly (readonly [RegExp, SendFate])[] = [
  [/already known|already imported|already exists|known transaction/i, 'known'],
  [/nonce (is )?too low|nonce too small|old ?nonce|invalid nonce/i, 'nonce-used'],
  [/underpriced|fee too low|fee per gas less than|less than block base fee|gas price too low/i, 'underpriced'],
  [/insufficient funds|insufficient balance/i, 'poor'],
  [/gas limit|intrinsic gas|oversized|too large|initcode|invalid sender|invalid chain|decode|not supported/i, 'never'],
]

/** Nodes agree on meanings, not on words; what is not understood is tried again later. */
export const sendFate = (message: string): SendFate =>
  patterns.find(([pattern]) => pattern.test(message))?.[1] ?? 'later'
