import { pinVault } from './pin-vault'
import { records } from './sealed-records.web'

/** In a browser: sealed in IndexedDB behind the person's PIN. */
export const vault = pinVault(records('werenode-wallet'), globalThis.crypto)
