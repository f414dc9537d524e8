import { addProtocol } from 'maplibre-gl'
import { PMTiles, Protocol, type Source } from 'pmtiles'

/**
 * A PMTiles file fetched once as a whole: one request, which a service worker can keep for times without network, and no server that must
 * answer ranges. For files of a few megabytes.
 */
const wholeFile = (url: string): Source => {
  let file: Promise<ArrayBuffer> | undefined
  const load = async (): Promise<ArrayBuffer> => {
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(`The base map ${url} could not be loaded (${answer.status})`)
    return answer.arrayBuffer()
  }
  return {
    getKey: () => url,
    async getBytes(offset, length) {
      file ??= load()
      file.catch(() => {
        file = undefined
      })
      return { data: (await file).slice(offset, offset + length) }
    },
  }
}

let protocol: Protocol | undefined

/** Makes `pmtiles://` known to the map. Files named in `whole` are fetched once; others by ranges, as large ones must be. */
export const useArchives = (whole: readonly string[]): void => {
  if (protocol === undefined) {
    protocol = new Protocol()
    addProtocol('pmtiles', protocol.tile)
  }
  for (const url of whole) if (protocol.get(url) === undefined) protocol.add(new PMTiles(wholeFile(url)))
}
