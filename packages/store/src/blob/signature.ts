import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Clock, WerenodeError } from '@werenode/core'
import { checkKey } from './key.ts'

export interface UrlSigner {
  /** `<baseUrl>/<key>?expires=...&signature=...` that allows the verb on the key for so many seconds. */
  sign(verb: 'get' | 'put', key: string, expiresInS: number): string
  /** The key a signed address is for. Throws `not-allowed` when the signature is wrong or for another verb, `gone` when it expired. */
  verify(verb: 'get' | 'put', url: string): string
}

/**
 * Signs addresses of blobs by HMAC-SHA256 over verb, key and expiry, so that the HTTP edge needs no session to serve them.
 * Whoever has the address has the right: hand it out only where the right belongs.
 *
 * @param options.secret at least 32 bytes
 * @param options.baseUrl where the HTTP edge serves blobs, e.g. `https://example.org/v1/blobs`
 */
export const createUrlSigner = (options: { secret: Uint8Array; baseUrl: string; clock: Clock }): UrlSigner => {
  if (options.secret.byteLength < 32) {
    throw new WerenodeError('invalid-input', 'The secret for signed addresses has less than 32 bytes')
  }
  const base = new URL(options.baseUrl.endsWith('/') ? options.baseUrl : `${options.baseUrl}/`)
  const secondsNow = (): number => Math.floor(options.clock().getTime() / 1000)
  const signatureOf = (verb: string, key: string, expires: number): Buffer =>
    createHmac('sha256', options.secret)
      .update(JSON.stringify(['werenode-blob', verb, key, expires]))
      .digest()

  return {
    sign: (verb, key, expiresInS) => {
      checkKey(key)
      if (!Number.isFinite(expiresInS) || expiresInS <= 0) {
        throw new WerenodeError('invalid-input', `A signed address cannot expire in ${expiresInS} s`)
      }
      const expires = secondsNow() + Math.ceil(expiresInS)
      const url = new URL(key.split('/').map(encodeURIComponent).join('/'), base)
      url.searchParams.set('expires', String(expires))
      url.searchParams.set('signature', signatureOf(verb, key, expires).toString('base64url'))
      return url.href
    },
    verify: (verb, href) => {
      const refuse = (): never => {
        throw new WerenodeError('not-allowed', 'This address is not signed for that', {
          hint: 'Ask for a new address.',
        })
      }
      const url = URL.canParse(href, base.href) ? new URL(href, base) : refuse()
      if (!url.pathname.startsWith(base.pathname)) return refuse()
      const expires = Number(url.searchParams.get('expires'))
      const given = Buffer.from(url.searchParams.get('signature') ?? '', 'base64url')
      let key: string
      try {
        key = checkKey(url.pathname.slice(base.pathname.length).split('/').map(decodeURIComponent).join('/'))
      } catch {
        return refuse()
      }
      const wanted = signatureOf(verb, key, expires)
      if (given.byteLength !== wanted.byteLength || !timingSafeEqual(given, wanted)) return refuse()
      if (secondsNow() >= expires) {
        throw new WerenodeError('gone', `The address of ${key} has expired`, { hint: 'Ask for a new address.' })
      }
      return key
    },
  }
}
