/** Files and documents. Keys are `/`-separated, without `..`. */
export interface BlobStore {
  put(key: string, bytes: Uint8Array, meta: { contentType: string }): Promise<void>
  get(key: string): Promise<{ bytes: Uint8Array; contentType: string } | undefined>
  list(prefix: string): Promise<readonly string[]>
  /** An address anyone may read (or write) until it expires. */
  signedUrl(key: string, options: { verb: 'get' | 'put'; expiresInS: number }): Promise<string>
}
