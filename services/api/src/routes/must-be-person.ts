import { WerenodeError } from '@werenode/core'
import type { FastifyRequest } from 'fastify'

/** Throws for an API key or a system's token: they act for their party and are no login. */
export const mustBePerson = (request: FastifyRequest): string => {
  if (request.loginId !== undefined) return request.loginId
  throw new WerenodeError('not-allowed', 'A system acts for its own party only and is not a login', {
    hint: 'Sign in as a person.',
  })
}
