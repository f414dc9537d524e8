import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Access token, refresh token, API key: `wna_<id>_<secret>`; the id finds the record, the secret proves it. */
export type TokenKind = 'wna' | 'wnr' | 'wnk'

export interface Token {
  readonly loginId: string
  readonly secret: string
}

/** 128 random bits, base64url: 22 characters. */
export const newLoginId = (): string => randomBytes(16).toString('base64url')
/** 256 random bits, base64url: 43 characters. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

export const writeToken = (kind: TokenKind, { loginId, secret }: Token): string => `${kind}_${loginId}_${secret}`

/** Undefined for anything that is not a token of this kind. */
export const readToken = (kind: TokenKind, text: string): Token | undefined => {
  const match = /^(wna|wnr|wnk)_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{43})$/.exec(text)
  return match && match[1] === kind ? { loginId: match[2]!, secret: match[3]! } : undefined
}

export const hashSecret = (secret: string): string => hash('sha256', secret, 'base64url')

export const sameHash = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
