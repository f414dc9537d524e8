import { type Address, type Wallet, WerenodeError } from '@werenode/core'
import type { LocalAccount } from 'viem'
import type { Secret, Vault } from '../device/vault-answer'
import { accountOf, newPhrase } from './phrase'

/** What is known of the wallet without opening it; kept in the open. */
export interface WalletCard {
  readonly address: Address
  readonly kind: 'phrase' | 'key' | 'connect'
  /** The person said the phrase is written down. */
  readonly written: boolean
  /** What a wallet elsewhere calls itself. */
  readonly name?: string
}

/** Asks the person to prove who they are, `why` in their words; the PIN where the vault wants one, undefined when they would rather not. */
export type Ask = (why: string, attempt: (pin: string | undefined) => Promise<boolean>) => Promise<boolean>

export interface KeyRing {
  card(): WalletCard | undefined
  readonly guard: Vault['guard']
  subscribe(listener: () => void): () => void
  /** Makes a new wallet and puts it into the vault. */
  create(pin?: string): Promise<WalletCard>
  /** Puts a wallet that exists already into the vault, in the place of the one before. */
  bringIn(secret: Secret, pin?: string): Promise<WalletCard>
  /** The secret itself, for the phrase and the backup: asks each time. Undefined when the person would rather not. */
  reveal(why: string): Promise<Secret | undefined>
  /** The wallet as the SDK signs with it; it opens by itself when a signature is asked for. */
  wallet(): Wallet | undefined
  /** Says in what for the next signature is asked: shown beside the finger or the PIN. */
  because<T>(why: string, work: () => Promise<T>): Promise<T>
  markWritten(): void
  lock(): void
  forget(): Promise<void>
}

/** After this long without a signature the vault is asked again. */
const openForMs = 5 * 60_000
const cardKey = 'werenode:wallet'

/** The wallet of this device: made, brought in, opened when something is signed, and closed again. */
export const createKeyRing = (deps: {
  readonly vault: Vault
  readonly text: { getItem(key: string): string | null; setItem(key: string, value: string): void }
  readonly ask: Ask
  readonly clock?: () => number
}): KeyRing => {
  const { vault, text, ask, clock = Date.now } = deps
  const listeners = new Set<() => void>()
  let card = readCard(text.getItem(cardKey))
  let open: { readonly account: LocalAccount; until: number } | undefined
  let reason = ''

  const setCard = (next: WalletCard | undefined): void => {
    card = next
    text.setItem(cardKey, next === undefined ? '' : JSON.stringify(next))
    for (const listener of listeners) listener()
  }
  const take = (secret: Secret, written: boolean): WalletCard => {
    const account = accountOf(secret)
    open = { account, until: clock() + openForMs }
    const next: WalletCard = {
      address: account.address.toLowerCase() as Address,
      kind: 'phrase' in secret ? 'phrase' : 'key',
      written,
    }
    setCard(next)
    return next
  }
  const fetchSecret = async (why: string): Promise<Secret | undefined> => {
    let secret: Secret | undefined
    await ask(why, async (pin) => {
      secret = await vault.open(why, pin)
      return secret !== undefined
    })
    return secret
  }
  const account = async (): Promise<LocalAccount> => {
    if (open === undefined || open.until < clock()) {
      const secret = await fetchSecret(reason)
      if (secret === undefined)
        throw new WerenodeError('not-allowed', 'Nothing was signed', { hint: 'Try again and unlock your wallet.' })
      open = { account: accountOf(secret), until: 0 }
    }
    open.until = clock() + openForMs
    return open.account
  }

  return {
    card: () => card,
    guard: vault.guard,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async create(pin) {
      const secret: Secret = { phrase: newPhrase() }
      await vault.keep(secret, pin)
      return take(secret, false)
    },
    async bringIn(secret, pin) {
      await vault.keep(secret, pin)
      // Whoever typed it in has it elsewhere.
      return take(secret, true)
    },
    reveal: fetchSecret,
    wallet: () =>
      card && {
        address: card.address,
        signTypedData: async (typed) =>
          (await account()).signTypedData(typed as unknown as Parameters<LocalAccount['signTypedData']>[0]),
        signMessage: async (message) => (await account()).signMessage({ message }),
      },
    async because(why, work) {
      reason = why
      try {
        return await work()
      } finally {
        reason = ''
      }
    },
    markWritten() {
      if (card) setCard({ ...card, written: true })
    },
    lock() {
      open = undefined
    },
    async forget() {
      await vault.forget()
      open = undefined
      setCard(undefined)
    },
  }
}

const readCard = (kept: string | null): WalletCard | undefined => {
  if (kept === null || kept === '') return undefined
  try {
    return JSON.parse(kept) as WalletCard
  } catch {
    // Damaged: as if there were none; the phrase brings it back.
    return undefined
  }
}
