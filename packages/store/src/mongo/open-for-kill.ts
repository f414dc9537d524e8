import type { Store } from '@werenode/core'
import { openMongoStore } from './store.ts'

/** How the kill test's child opens the store. */
export const open = (url: string): Promise<Store> => openMongoStore({ url })
