import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

export interface StaticFile {
  readonly body: Buffer
  readonly type: string
  readonly etag: string
  readonly encoding?: 'gzip'
  /** Its name holds its content's hash: it never changes. */
  readonly immutable: boolean
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.pmtiles': 'application/vnd.pmtiles',
  '.woff2': 'font/woff2',
}
const packed = new Set(['.html', '.css', '.js', '.mjs', '.json', '.svg', '.txt', '.xml'])
const zip = promisify(gzip)
/** Of what is kept in memory, zipped and not. */
const mostKeptBytes = 48 * 1024 * 1024

/**
 * Files of a built app, read once per version and kept zipped. `find` takes the path of an address and tries it as it is, with `.html`, and as
 * a folder; nothing outside the folder is ever found.
 */
export const createStaticFiles = (folder: string) => {
  const kept = new Map<string, { readonly at: string; readonly plain: StaticFile; readonly zipped?: StaticFile }>()
  let keptBytes = 0

  const load = async (file: string, immutable: boolean) => {
    const facts = await stat(file).catch(() => undefined)
    if (!facts?.isFile()) return undefined
    const at = `${facts.mtimeMs}-${facts.size}`
    const known = kept.get(file)
    if (known?.at === at) return known
    const body = await readFile(file)
    const extension = extname(file)
    const etag = `"${facts.size.toString(36)}-${Math.round(facts.mtimeMs).toString(36)}"`
    const plain: StaticFile = { body, type: types[extension] ?? 'application/octet-stream', etag, immutable }
    const small = packed.has(extension) && body.length > 1_000 ? await zip(body, { level: 7 }) : undefined
    const entry = { at, plain, ...(small ? { zipped: { ...plain, body: small, encoding: 'gzip' as const } } : {}) }
    keptBytes += body.length + (small?.length ?? 0)
    if (keptBytes > mostKeptBytes) {
      kept.clear()
      keptBytes = 0
    }
    kept.set(file, entry)
    return entry
  }

  return {
    async find(path: string, { zipped }: { readonly zipped: boolean }): Promise<StaticFile | undefined> {
      let name: string
      try {
        name = normalize(decodeURIComponent(path))
      } catch {
        return undefined
      }
      if (name.includes('\0') || name.split(sep).includes('..')) return undefined
      const bare = name.replace(/\/+$/, '')
      const immutable = /^\/(\w{2}\/)?assets\//.test(name)
      for (const candidate of bare === '' ? ['/index.html'] : [bare, `${bare}.html`, `${bare}/index.html`]) {
        const found = await load(join(folder, candidate), immutable)
        if (found) return zipped && found.zipped ? found.zipped : found.plain
      }
      return undefined
    },
  }
}
