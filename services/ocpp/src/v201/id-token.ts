import type { Authorization } from '../transactions/authorize.ts'

/** OCPP 2.0.1 §2.28 IdTokenType. */
export interface IdToken {
  readonly idToken?: string
  readonly type?: string
}

/** §2.29 IdTokenInfoType. */
export interface IdTokenInfo {
  readonly status: Authorization['status'] | 'Unknown'
  readonly cacheExpiryDateTime?: string
  readonly groupIdToken?: { readonly idToken: string; readonly type: string }
  readonly personalMessage?: { readonly format: 'UTF8'; readonly content: string }
}

export const idTokenInfo = ({ status, expiresAt, groupId, message }: Authorization): IdTokenInfo => ({
  status,
  ...(expiresAt === undefined ? {} : { cacheExpiryDateTime: expiresAt }),
  ...(groupId === undefined ? {} : { groupIdToken: { idToken: groupId.slice(0, 36), type: 'Central' } }),
  ...(message === undefined ? {} : { personalMessage: { format: 'UTF8', content: message.slice(0, 512) } }),
})
