import type { IncomingMessage, ServerResponse } from 'node:http'
import { type BlobStore, isWerenodeError } from '@werenode/core'
import type { Logger } from 'pino'
import type { Tickets } from './tickets.ts'

/** Serves `/files/<ticket>`: stations fetch firmware there and leave their logs. Answers false for any other address. */
export type FileDoor = (request: IncomingMessage, response: ServerResponse) => boolean

export const filesPath = '/files/'
const mostUploadedBytes = 64 * 1024 * 1024

export const createFileDoor = ({
  tickets,
  blobs,
  log,
}: {
  tickets: Tickets
  blobs: BlobStore
  log: Logger
}): FileDoor => {
  const say = (response: ServerResponse, status: number, words: string): void => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
    response.end(`${words}\n`)
  }

  const fetchFile = async (token: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const ticket = await tickets.begin(token, 'get')
    const blob = await blobs.get(ticket.blobKey)
    if (!blob) return say(response, 404, 'The file is gone')
    response.writeHead(200, { 'content-type': blob.contentType, 'content-length': blob.bytes.length })
    // Looking at it first is no use of it.
    if (request.method === 'HEAD') return void response.end()
    response.end(blob.bytes)
    // Sent in full; a connection that breaks before may be tried again.
    response.once('finish', () => void tickets.complete(ticket).catch((error) => log.error({ err: error }, 'A ticket')))
  }

  const takeFile = async (token: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const ticket = await tickets.begin(token, 'put')
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > mostUploadedBytes) return say(response, 413, `At most ${mostUploadedBytes} bytes are taken`)
      chunks.push(chunk)
    }
    if (!(await tickets.complete(ticket))) return say(response, 404, 'This address leads nowhere (any more)')
    await blobs.put(ticket.blobKey, Buffer.concat(chunks), { contentType: 'application/octet-stream' })
    log.info({ stationId: ticket.stationId, bytes }, 'A station left a file')
    say(response, 201, 'Kept')
  }

  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://station')
    if (!pathname.startsWith(filesPath)) return false
    // Stations append a file name of their own to an upload's address.
    const token = pathname.slice(filesPath.length).split('/')[0]!
    const isFetch = request.method === 'GET' || request.method === 'HEAD'
    const isUpload = request.method === 'PUT' || request.method === 'POST'
    const work = isFetch ? fetchFile : isUpload ? takeFile : undefined
    if (!work) say(response, 405, 'Fetch with GET, leave with PUT or POST')
    else
      void work(token, request, response).catch((error: unknown) => {
        if (isWerenodeError(error) && error.code === 'not-found') return say(response, 404, error.message)
        log.error({ err: error }, 'A file could not be moved')
        if (response.headersSent) response.destroy()
        else say(response, 503, 'The file could not be moved; try again later')
      })
    return true
  }
}
