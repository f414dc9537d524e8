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

const codeOfStatus = (status: number): ErrorCode => {
  const match = Object.entries(errorStatus).find(([, of]) => of === status)?.[0] as ErrorCode | undefined
  return match ?? (status < 500 ? 'invalid-input' : 'internal')
}
