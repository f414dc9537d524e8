import type { FastifyRequest } from 'fastify'
import type { IssuedLogin, Logins } from './logins.ts'
import { driverScopes } from './siwe.ts'
import type { Wallets } from './wallets.ts'

export type IssueLogin = (who: { accountId: string }, request: FastifyRequest) => Promise<IssuedLogin>

/** A login for an account that has just proved itself; it charges with the account's first wallet, if there is one. */
export const createIssueLogin =
  ({ logins, wallets }: { logins: Pick<Logins, 'open'>; wallets: Pick<Wallets, 'of'> }): IssueLogin =>
  async ({ accountId }, request) => {
    const [address] = await wallets.of(accountId)
    const device = request.headers['user-agent']?.slice(0, 200)
    return logins.open({
      accountId,
      scopes: driverScopes,
      ...(address === undefined ? {} : { address }),
      ...(device === undefined ? {} : { device }),
    })
  }
