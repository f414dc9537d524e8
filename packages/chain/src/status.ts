/** The statuses of a session on chain, by their number. */
export const sessionStatuses = [
  'None',
  'Voided',
  'Open',
  'CancelRequested',
  'Started',
  'Proposed',
  'Disputed',
  'Settled',
  'Cancelled',
  'Reclaimed',
] as const
export type ChainStatus = (typeof sessionStatuses)[number]

/** Nothing changes after these. */
export const isTerminal = (status: ChainStatus): boolean =>
  status === 'Voided' || status === 'Settled' || status === 'Cancelled' || status === 'Reclaimed'

/** The deposit is held and nothing was proposed yet. */
export const isLive = (status: ChainStatus): boolean =>
  status === 'Open' || status === 'CancelRequested' || status === 'Started'
