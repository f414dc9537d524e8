import type { Principal } from '@werenode/core'

/** Nobody in particular: may look at the public catalogue. */
export const anonymous: Principal = { accountId: 'anonymous', scopes: ['catalogue:read'] }

export const isSignedIn = (principal: Principal): boolean => principal !== anonymous
