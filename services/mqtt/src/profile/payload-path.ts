/** A dotted path as its parts; '' is the whole payload. */
export const pathParts = (path: string): readonly string[] => (path === '' ? [] : path.split('.'))

/** What stands at the path; undefined when it is not there. Looks at own members only: keys come off the wire. */
export const at = (payload: unknown, parts: readonly string[]): unknown => {
  let here = payload
  for (const part of parts) {
    if (Array.isArray(here)) here = here[Number(part)]
    else if (here !== null && typeof here === 'object' && Object.hasOwn(here, part))
      here = (here as Record<string, unknown>)[part]
    else return undefined
  }
  return here
}

/** JSON where it is JSON, else the text. Devices mix both, and between firmware versions the same topic changes from one to the other. */
export const parsePayload = (bytes: Uint8Array): unknown => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  const first = text.charCodeAt(0)
  // { or [
  if (first !== 123 && first !== 91) return text
  try {
    return JSON.parse(text)
  } catch {
    // Cut off or not JSON at all: as a text it matches no path, so it tells nothing.
    return text
  }
}
