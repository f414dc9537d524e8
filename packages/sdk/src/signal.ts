/**
 * A signal that ends with the outer one or after a time, whichever is first. (AbortSignal.any and AbortSignal.timeout are not
 * everywhere yet: React Native.)
 */
export const endingSignal = (outer: AbortSignal | undefined) => {
  const inner = new AbortController()
  const follow = (): void => inner.abort(outer?.reason)
  if (outer?.aborted) follow()
  else outer?.addEventListener('abort', follow, { once: true })
  return {
    signal: inner.signal,
    end: (reason: unknown): void => inner.abort(reason),
    release: (): void => outer?.removeEventListener('abort', follow),
  }
}
