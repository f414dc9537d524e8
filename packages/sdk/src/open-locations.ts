import { createHttp } from './http.ts'
import { createLocations, type Locations } from './locations.ts'

export type { Locations } from './locations.ts'

/**
 * The public catalogue of a node and nothing else: for pages that show places and sign nothing, which need not load the contracts' interfaces.
 *
 * @example
 * const { items } = await openLocations(location.origin).search({ words: 'Lyon' })
 */
export const openLocations = (baseUrl: string, fetch: typeof globalThis.fetch = globalThis.fetch): Locations =>
  createLocations(createHttp({ baseUrl, fetch: (...asked) => fetch(...asked) }))
