import type { FastifyRequest } from 'fastify'
import type { Handlers } from '../http/handler.ts'
import type { EmailAccounts } from '../identity/email.ts'
import type { IssuedLogin } from '../identity/logins.ts'
import type { PasskeyDoc, Passkeys } from '../identity/passkeys.ts'
import { mustBePerson } from './must-be-person.ts'

type Operations =
  | 'createPasskeyChallenge'
  | 'signInWithPasskey'
  | 'createPasskeyRegistration'
  | 'addPasskey'
  | 'listPasskeys'
  | 'removePasskey'
  | 'addEmail'

/** More ways into an account. */
export const passkeyRoutes = (deps: {
  passkeys: Passkeys
  emails: EmailAccounts
  issue: (who: { accountId: string }, request: FastifyRequest) => Promise<IssuedLogin>
}): Pick<Handlers, Operations> => {
  const { passkeys, emails, issue } = deps
  return {
    createPasskeyChallenge: async () => ({ ...(await passkeys.challenge()) }),
    signInWithPasskey: async ({ body: { response }, request }) => issue(await passkeys.signIn(response), request),
    createPasskeyRegistration: async ({ principal, request }) => {
      mustBePerson(request)
      return { ...(await passkeys.registration(principal.accountId)) }
    },
    addPasskey: async ({ principal, body, request }) => {
      mustBePerson(request)
      return passkeyInfo(await passkeys.register(principal.accountId, body))
    },
    listPasskeys: async ({ principal }) => ({ items: (await passkeys.list(principal.accountId)).map(passkeyInfo) }),
    removePasskey: async ({ principal, params: { passkeyId } }) => {
      await passkeys.remove(principal.accountId, passkeyId)
      return undefined
    },
    addEmail: async ({ principal, body, request }) => {
      mustBePerson(request)
      await emails.add({ accountId: principal.accountId, ...body })
      return undefined
    },
  }
}

const passkeyInfo = ({ _id, name, createdAt, usedAt }: PasskeyDoc) => ({
  passkeyId: _id,
  name,
  createdAt,
  ...(usedAt === undefined ? {} : { usedAt }),
})
