import type { Store } from '@werenode/core'
import { openSqliteStore } from './store.ts'

/** How the kill test's child opens the store. */
export const open = (folder: string): Promise<Store> => openSqliteStore({ folder })
