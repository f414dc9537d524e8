import type { Store } from '@werenode/core'
import { type AuthDoc, authCollection, forget } from './adapter.ts'

/**
 * Ends what the authorization server holds for a login (its tokens, and the browser session it came from, which would sign the same app
 * in again without asking) or for a whole account.
 */
export const createEndLogins =
  ({ store }: { store: Store }) =>
  async (accountId: string, loginId?: string): Promise<void> => {
    if (loginId === undefined) {
      await forget(store, { accountId })
      return
    }
    await forget(store, { grantId: loginId })
    for (;;) {
      const { items } = await store.find<AuthDoc>(authCollection, { accountId, model: 'Session' }, { limit: 500 })
      const held = items.filter(({ payload }) => grantsOf(payload.authorizations).includes(loginId))
      if (held.length === 0) break
      await store.write(held.map(({ _id }) => ({ op: 'delete', in: authCollection, id: _id })))
    }
    const { items } = await store.find<AuthDoc>(authCollection, { accountId, model: 'Grant' }, { limit: 1_000 })
    const grants = items.filter(({ payload }) => payload.jti === loginId)
    if (grants.length > 0) await store.write(grants.map(({ _id }) => ({ op: 'delete', in: authCollection, id: _id })))
  }

const grantsOf = (authorizations: unknown): readonly string[] =>
  Object.values((authorizations ?? {}) as Record<string, { grantId?: string }>).flatMap(({ grantId }) => grantId ?? [])
