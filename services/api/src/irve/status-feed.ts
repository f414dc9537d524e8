import { readFile, stat } from 'node:fs/promises'
import { type Bus, type Clock, isWerenodeError, type Store, WerenodeError } from '@werenode/core'
import { type DynamicProgress, type DynamicReport, importIrveDynamic } from './import-dynamic.ts'

/** A file of this machine, or a web address: where the dynamic file is published. */
export type StatusSource = { readonly file: string } | { readonly url: URL }

/** As an operator writes it: `https://…`, or a path. */
export const readStatusSource = (text: string): StatusSource => {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return { file: text }
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol)) return { url }
  throw new WerenodeError('invalid-input', `${text} is neither a file nor a web address`, {
    hint: 'Name the file of the IRVE dynamic schema, or its https:// address.',
  })
}

const mostBytes = 64 * 1024 * 1024
const patienceMs = 60_000

/** Reads what is published now; `undefined` when it is what it was at the last look, by its time or its mark. */
export const createStatusReader = (source: StatusSource) => {
  let seen: { readonly etag?: string; readonly modified?: string } = {}
  const ofFile = async (path: string): Promise<Uint8Array | undefined> => {
    const { mtimeMs, size } = await stat(path)
    if (size > mostBytes) throw tooLarge(path)
    const etag = `${mtimeMs}-${size}`
    if (seen.etag === etag) return undefined
    const bytes = await readFile(path)
    seen = { etag }
    return bytes
  }
  const ofUrl = async (url: URL): Promise<Uint8Array | undefined> => {
    const answer = await fetch(url, {
      signal: AbortSignal.timeout(patienceMs),
      headers: {
        accept: 'text/csv, */*',
        ...(seen.etag === undefined ? {} : { 'if-none-match': seen.etag }),
        ...(seen.modified === undefined ? {} : { 'if-modified-since': seen.modified }),
      },
    })
    if (answer.status === 304) return undefined
    if (!answer.ok) throw unavailable(`${url.host} answered HTTP ${answer.status}`)
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of answer.body ?? []) {
      size += chunk.length
      if (size > mostBytes) throw tooLarge(url.host)
      chunks.push(chunk)
    }
    const [etag, modified] = [answer.headers.get('etag'), answer.headers.get('last-modified')]
    seen = { ...(etag === null ? {} : { etag }), ...(modified === null ? {} : { modified }) }
    return Buffer.concat(chunks)
  }
  return {
    read: async (): Promise<Uint8Array | undefined> => {
      try {
        return 'file' in source ? await ofFile(source.file) : await ofUrl(source.url)
      } catch (error) {
        if (isWerenodeError(error)) throw error
        const { code, cause } = error as { code?: string; cause?: { code?: string } }
        throw unavailable(
          `${'file' in source ? source.file : source.url.host}: ${code ?? cause?.code ?? String(error)}`,
        )
      }
    },
    /** What was read could not be taken in: it is read again at the next look. */
    forget: (): void => {
      seen = {}
    },
  }
}

const unavailable = (words: string): WerenodeError =>
  new WerenodeError('no-responder', `The statuses could not be read: ${words}`, { hint: 'It is tried again.' })
const tooLarge = (where: string): WerenodeError =>
  new WerenodeError('invalid-input', `${where} is larger than ${mostBytes / 1024 / 1024} MiB`)

/**
 * Keeps open-data charge points as their published dynamic file tells them: read at once, then every `everyMs`, taken in only when it
 * changed. A look that fails is told to `onTrouble` and made again; nothing known is lost by it.
 */
export const createStatusFeed = (options: {
  store: Store
  bus: Bus
  clock: Clock
  source: StatusSource
  everyMs: number
  onProgress?: (progress: DynamicProgress) => void
  onReport?: (report: DynamicReport) => void
  onTrouble?: (error: unknown) => void
}) => {
  const { source, everyMs, onReport = () => undefined, onTrouble = () => undefined } = options
  const reader = createStatusReader(source)
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<DynamicReport | undefined> | undefined
  let stopped = false

  /** One look; undefined when nothing is new. */
  const lookNow = async (): Promise<DynamicReport | undefined> => {
    const bytes = await reader.read()
    if (bytes === undefined) return undefined
    try {
      return await importIrveDynamic({ ...options, file: bytes })
    } catch (error) {
      reader.forget()
      throw error
    }
  }
  /** Two looks at once are one. */
  const look = (): Promise<DynamicReport | undefined> => {
    looking ??= lookNow().finally(() => {
      looking = undefined
    })
    return looking
  }
  const again = async (): Promise<void> => {
    try {
      const report = await look()
      if (report !== undefined) onReport(report)
    } catch (error) {
      onTrouble(error)
    }
    if (stopped) return
    timer = setTimeout(() => void again(), everyMs)
    timer.unref()
  }

  return {
    look,
    start: (): void => void again(),
    stop: async (): Promise<void> => {
      stopped = true
      clearTimeout(timer)
      await looking?.catch(() => undefined)
    },
  }
}
export type StatusFeed = ReturnType<typeof createStatusFeed>
