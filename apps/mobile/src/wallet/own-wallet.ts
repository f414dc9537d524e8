import type { Address, Wallet } from '@werenode/core'
import type { Connector, Pairing } from './connect'
import { ConnectProblem } from './connect-problem'

/** What is known of a wallet elsewhere without asking it; kept in the open. */
export interface OwnCard {
  readonly address: Address
  readonly chainId: number
  /** What the wallet calls itself. */
  readonly name: string
}

export interface OwnState {
  readonly card: OwnCard | undefined
  /** Something waits for the person to confirm it in the other app. */
  readonly isAsked: boolean
  /** The wallet ended the pairing by itself, and nobody was told yet. */
  readonly isLost: boolean
}

export interface OwnWallet {
  state(): OwnState
  subscribe(listener: () => void): () => void
  /** Pairs, or takes up a pairing that still holds. */
  connect(wish: {
    readonly chainId: number
    readonly show: (address: string | undefined) => void
    readonly signal?: AbortSignal
  }): Promise<void>
  /** The wallet as the SDK signs with it; the library is loaded at the first signature. */
  wallet(): Wallet | undefined
  end(): Promise<void>
  /** The person has read that the pairing is over. */
  heard(): void
}

const key = 'werenode:own-wallet'

/** A wallet elsewhere in the place of this device's, kept over restarts: nobody scans a code twice. */
export const createOwnWallet = (deps: {
  /** Undefined where no project id is set. Its `onEnded` is told what the wallet ends. */
  readonly connector: (onEnded: () => void) => Connector | undefined
  readonly text: { getItem(key: string): string | null; setItem(key: string, value: string): void }
}): OwnWallet => {
  const { text } = deps
  const listeners = new Set<() => void>()
  let state: OwnState = { card: readCard(text.getItem(key)), isAsked: false, isLost: false }
  let pairing: Pairing | undefined

  const set = (part: Partial<OwnState>): void => {
    state = { ...state, ...part }
    for (const listener of listeners) listener()
  }
  const setCard = (card: OwnCard | undefined, part: Partial<OwnState> = {}): void => {
    text.setItem(key, card === undefined ? '' : JSON.stringify(card))
    set({ card, ...part })
  }
  const lose = (): void => {
    pairing = undefined
    if (state.card) setCard(undefined, { isLost: true })
  }
  const connector = deps.connector(lose)

  /** The pairing that was kept, found again by the library. */
  const open = async ({ chainId, address }: OwnCard): Promise<Pairing> => {
    pairing ??= await connector?.known(chainId)
    if (pairing?.wallet.address === address) return pairing
    lose()
    throw new ConnectProblem('over')
  }
  const asked = async <T>(card: OwnCard, work: (wallet: Wallet) => Promise<T>): Promise<T> => {
    const { wallet } = await open(card)
    set({ isAsked: true })
    try {
      return await work(wallet)
    } catch (error) {
      if (error instanceof ConnectProblem && error.reason === 'over') lose()
      throw error
    } finally {
      set({ isAsked: false })
    }
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async connect(wish) {
      if (!connector) throw new ConnectProblem('away')
      pairing = (await connector.known(wish.chainId)) ?? (await connector.pair(wish))
      const { wallet, name } = pairing
      setCard({ address: wallet.address, chainId: wish.chainId, name }, { isLost: false })
    },
    wallet() {
      const { card } = state
      return (
        card && {
          address: card.address,
          signTypedData: (typed) => asked(card, (wallet) => wallet.signTypedData(typed)),
          signMessage: (words) => asked(card, (wallet) => wallet.signMessage(words)),
        }
      )
    },
    async end() {
      const { card } = state
      const last = card && (await open(card).catch(() => undefined))
      pairing = undefined
      setCard(undefined, { isLost: false })
      await last?.end()
    },
    heard: () => set({ isLost: false }),
  }
}

const readCard = (kept: string | null): OwnCard | undefined => {
  if (kept === null || kept === '') return undefined
  try {
    return JSON.parse(kept) as OwnCard
  } catch {
    // Damaged: as if none had been paired; the code is scanned once more.
    return undefined
  }
}
