import type { Handlers } from '../http/handler.ts'
import type { IdentityProviders } from '../identity/identity-providers.ts'

/** Accounts elsewhere that sign in here. Adding one needs the person's browser: that is the account page. */
export const identityLinkRoutes = ({
  identityProviders,
}: {
  identityProviders: Pick<IdentityProviders, 'all' | 'list' | 'unlink'>
}): Pick<Handlers, 'listIdentities' | 'removeIdentity'> => {
  const nameOf = new Map(identityProviders.all.map(({ id, name }) => [id, name]))
  return {
    listIdentities: async ({ principal }) => ({
      items: (await identityProviders.list(principal.accountId)).map(({ _id, providerId, createdAt }) => ({
        identityId: _id.replace(' ', '.'),
        provider: nameOf.get(providerId) ?? providerId,
        createdAt,
      })),
    }),
    removeIdentity: async ({ principal, params: { identityId } }) => {
      await identityProviders.unlink(principal.accountId, identityId.replace('.', ' '))
      return undefined
    },
  }
}
