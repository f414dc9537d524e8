import { type Storage, webStorage } from '@werenode/sdk'

/** Where the SDK keeps what must outlive the page. */
export const keep: Storage = webStorage(localStorage)

/** Text read at once, as the map's model wants it. */
export const keptText = localStorage
export const loadKeptText = async (): Promise<void> => undefined
