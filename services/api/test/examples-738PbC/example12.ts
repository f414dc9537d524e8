// offline.ts pending

import { checkReceipt, checkTerms, createWerenode, memoryStorage, privateKeyWallet, webStorage, type DisplayedQuote, type Operator, type Roaming, type Werenode } from '@werenode/sdk'
import type { Hex, Party, SessionView } from '@werenode/core'

export const example = async ({ werenode, quote, session, operator, roaming, localStorage, location, key, askPlatform }: { werenode: Werenode; quote: DisplayedQuote; session: SessionView; operator: Operator; roaming: Roaming; localStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void; removeItem(key: string): void }; location: { readonly origin: string; readonly href: string }; key: Hex; askPlatform: (options: object) => Promise<object> }) => {
for (const { kind, sessionId } of await werenode.offline.pending()) console.log(kind, sessionId)
   
}
