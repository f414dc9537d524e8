import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createStaticFiles } from './static-files.ts'

/**
 * Serves one folder of files and nothing else: what an IPFS gateway or any web space would do. `undefined` until there is one: then it
 * says that the app is being built.
 */
export const startStaticHost = async (deps: {
  readonly port: number
  readonly host: string
  readonly folder: () => string | undefined
}): Promise<{ readonly stop: () => Promise<void> }> => {
  let known: { readonly folder: string; readonly files: ReturnType<typeof createStaticFiles> } | undefined
  const filesOf = (folder: string) => {
    if (known?.folder !== folder) known = { folder, files: createStaticFiles(folder) }
    return known.files
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const folder = deps.folder()
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405).end()
    if (folder === undefined)
      return void response
        .writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' })
        .end('DEFev is being built; this takes a few seconds.\n')
    const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && request.headers.range === undefined
    const path = (request.url ?? '/').split('?')[0]!
    const file = await filesOf(folder).find(path, { zipped })
    if (file === undefined) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not here.\n')
    const headers = {
      'content-type': file.type,
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: file.etag,
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "frame-ancestors 'none'",
      ...(file.encoding ? { 'content-encoding': file.encoding } : {}),
    }
    if (request.headers['if-none-match'] === file.etag) return void response.writeHead(304, headers).end()
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    const body = request.method === 'HEAD' ? undefined : file.body
    if (range === null)
      return void response.writeHead(200, { ...headers, 'content-length': file.body.length }).end(body)
    const from = Number(range[1])
    const to = Math.min(range[2] === '' ? file.body.length - 1 : Number(range[2]), file.body.length - 1)
    if (from > to) return void response.writeHead(416, { 'content-range': `bytes */${file.body.length}` }).end()
    response.writeHead(206, {
      ...headers,
      'content-length': to - from + 1,
      'content-range': `bytes ${from}-${to}/${file.body.length}`,
    })
    response.end(body?.subarray(from, to + 1))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(deps.port, deps.host, resolve)
  })
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
