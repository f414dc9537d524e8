import { type ErrorCode, errorStatus, WerenodeError } from '@werenode/core'

/** The error behind an answer that is not good: rebuilt from RFC 9457 problem details, or told by its status alone. */
export const errorOf = async (answer: Response): Promise<WerenodeError> => {
  const problem = await answer.json().then(
    (body: unknown) => (typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}),
    () => ({}) as Record<string, unknown>,
  )
  const { code, detail, hint, data } = problem
  const known = typeof code === 'string' && Object.hasOwn(errorStatus, code)
  return new WerenodeError(
    known ? (code as ErrorCode) : codeOfStatus(answer.status),
    typeof detail === 'string' ? detail : `The node answered ${answer.status}`,
    {
      ...(typeof hint === 'string' ? { hint } : {}),
      data: { ...(typeof data === 'object' && data !== null ? data : {}), ...retryAfter(answer) },
    },
  )
}

/** A node that cannot be reached at all. */
export const unreachable = (baseUrl: string, cause: unknown): WerenodeError =>
  new WerenodeError('no-responder', `The node at ${baseUrl} cannot be reached`, {
    hint: 'Check the connection and try again.',
    cause,
  })

const retryAfter = (answer: Response): { retryAfterS?: number } => {
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterS: seconds } : {}
}

/** What an answer means that says no more than its status: a proxy in front, or a server that is not ours. */
const statusCodes: Readonly<Record<number, ErrorCode>> = {
  401: 'not-authenticated',
  402: 'credit-insufficient',
  403: 'not-allowed',
  404: 'not-found',
  406: 'not-acceptable',
  409: 'conflict',
  410: 'gone',
  413: 'too-large',
  429: 'rate-limited',
  502: 'no-responder',
  503: 'no-responder',
  504: 'timeout',
}
const codeOfStatus = (status: number): ErrorCode => statusCodes[status] ?? (status < 500 ? 'invalid-input' : 'internal')
