import { WerenodeError } from './errors.ts'
import type { Address, Party } from './ids.ts'

/** What a caller may do. Every route and stream names the one it needs. */
export const scopes = {
  'catalogue:read': 'see locations, prices and live status',
  'catalogue:write': "create and change a party's locations, EVSEs and tariffs",
  'sessions:read': 'see own sessions',
  'sessions:write': 'quote, start, stop and co-sign own sessions',
  'stations:read': "see a party's stations and their messages",
  'stations:write': "provision and command a party's stations",
  'party:write': "manage a party's members, keys and settings",
  admin: 'everything on this node',
} as const
export type Scope = keyof typeof scopes

/** Who is asking, on every route and stream. */
export interface Principal {
  /** The house's own id of the person or system. */
  readonly accountId: string
  /** Wallet address, lower case, when signed in by one. */
  readonly address?: Address
  /** The party a member or system of an operator acts for. */
  readonly party?: Party
  readonly scopes: readonly Scope[]
}

export const requireScope = (principal: Principal, scope: Scope): void => {
  if (principal.scopes.includes(scope) || principal.scopes.includes('admin')) return
  throw new WerenodeError('not-allowed', `This login may not ${scopes[scope]}`, {
    hint: `Sign in with an account that holds the scope "${scope}".`,
  })
}
