/**
 * The tokens an Authorization header may mean: as written, and Base64-decoded. Both are looked up, because 2.1.1 sends them raw,
 * later versions encoded, many implementations the other way round, and a raw token may happen to be valid Base64.
 * One trailing newline is forgiven: the specification's own example has it (transport_and_format, "Authorization header").
 */
export const tokensMeant = (header: string | undefined): readonly string[] => {
  const written = /^\s*token\s+(\S+)\s*$/i.exec(header ?? '')?.[1]
  if (written === undefined || written.length > 512) return []
  const decoded = decode(written)
  return decoded === undefined || decoded === written ? [written] : [written, decoded]
}

const decode = (text: string): string | undefined => {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64')
  const token = bytes.toString('utf8').replace(/\r?\n$/, '')
  return /^[\x21-\x7e]{1,255}$/.test(token) ? token : undefined
}

export type TokenForm = 'base64' | 'raw'
export const authorizationHeader = (token: string, form: TokenForm): string =>
  `Token ${form === 'raw' ? token : Buffer.from(token, 'utf8').toString('base64')}`
