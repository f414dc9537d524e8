import { type Principal, WerenodeError } from '@werenode/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { access, type OperationId } from '../contract/access.ts'
import type { Contract } from '../contract/contract.ts'
import { contracts } from '../contract/contracts.ts'
import { isSignedIn } from '../identity/anonymous.ts'
import type { Handlers } from './handler.ts'
import { InvalidInput } from './problem.ts'
import { limitKeyOfAddress } from './rate-limit.ts'
import { type Guards, requireAccess } from './register.ts'

export interface Invocation {
  readonly principal: Principal
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly idempotencyKey?: string
}

export type Invoke = (id: OperationId, call: Invocation) => Promise<unknown>

/** Runs an operation that was asked for otherwise than by its route, behind the same guards: limits, access, parsing, idempotency. */
export const createInvoke =
  (handlers: Handlers, guards: Pick<Guards, 'rateLimiter' | 'idempotency'>): Invoke =>
  async (id, { principal, request, reply, idempotencyKey, ...input }) => {
    const door = access[id]
    const contract: Contract = contracts[id]
    guards.rateLimiter.take(door.limit, limitKeyOfAddress(request.ip))
    if (isSignedIn(principal)) guards.rateLimiter.take(door.limit, principal.accountId)
    requireAccess(principal, door.access, request)
    const params = parse('path', contract.params, input.params)
    const query = parse('query', contract.query, input.query)
    const body = parse('body', contract.body, input.body)
    const handle = handlers[id] as (call: unknown) => Promise<unknown>
    const run = () => handle({ principal, params, query, body, request, reply })
    if (idempotencyKey === undefined) return run()
    if (!contract.idempotent)
      throw new WerenodeError('invalid-input', `${id} takes no idempotency key`, { hint: 'Leave it out.' })
    const { answer } = await guards.idempotency.once(
      { accountId: principal.accountId, operation: id, key: idempotencyKey, body },
      run,
    )
    return answer
  }

const parse = (where: string, schema: z.ZodType | undefined, value: unknown): unknown => {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new InvalidInput(
    where,
    parsed.error.issues.slice(0, 20).map(({ path, message }) => ({ at: path.join('.'), message })),
  )
}
