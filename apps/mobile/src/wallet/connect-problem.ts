import { type ErrorCode, WerenodeError } from '@werenode/core'

/** Why a wallet elsewhere did not do what it was asked for, and the code the house has for it. */
const codes = {
  /** The relay cannot be reached. */
  away: 'timeout',
  /** The person declined to pair. */
  refused: 'not-allowed',
  /** Nobody scanned the code. */
  unanswered: 'timeout',
  /** The wallet named no account on this network. */
  'other-chain': 'not-allowed',
  /** The person declined to sign. */
  declined: 'not-allowed',
  /** The person did not sign in time. */
  late: 'timeout',
  /** The wallet cannot do this. */
  unable: 'not-acceptable',
  /** The wallet tried and could not; what it said is in `data.said`. */
  failed: 'internal',
  /** The wallet ended the pairing, or it grew too old. */
  over: 'gone',
  /** The person went away from the page. */
  left: 'not-allowed',
} as const satisfies Record<string, ErrorCode>
export type ConnectReason = keyof typeof codes

/** A wallet elsewhere did not do what it was asked for; the words for it are the app's own, by `reason`. */
export class ConnectProblem extends WerenodeError {
  readonly reason: ConnectReason
  constructor(reason: ConnectReason, cause?: unknown) {
    super(codes[reason], `A wallet over WalletConnect: ${reason}`, {
      data: { connect: reason, said: messageOf(cause) },
      cause,
    })
    this.reason = reason
  }
}

/** EIP-1193 (4001, 4100, 4200), JSON-RPC (-32601) and WalletConnect's own (5000 to 5999 rejected, 5100 to 5199 unable, 6000 ended). */
export const inWords = (error: unknown, refusal: 'refused' | 'declined'): ConnectProblem => {
  if (error instanceof ConnectProblem) return error
  const { code, message = '' } = (error ?? {}) as { code?: number; message?: string }
  if (code === 4200 || code === -32601 || (code !== undefined && code >= 5100 && code < 5200))
    return new ConnectProblem('unable', error)
  if (code === 4001 || code === 4100 || (code !== undefined && code >= 5000 && code < 6000))
    return new ConnectProblem(refusal, error)
  if (code === 6000 || /session topic|No matching key/i.test(message)) return new ConnectProblem('over', error)
  if (/expired/i.test(message)) return new ConnectProblem(refusal === 'refused' ? 'unanswered' : 'late', error)
  if (/reject|declin|denied|cancel/i.test(message)) return new ConnectProblem(refusal, error)
  if (/socket|relay|publish|subscri|network|internet|connect/i.test(message)) return new ConnectProblem('away', error)
  return new ConnectProblem('failed', error)
}

const messageOf = (cause: unknown): string => {
  const { message } = (cause ?? {}) as { message?: unknown }
  return typeof message === 'string' ? message.slice(0, 200) : ''
}
