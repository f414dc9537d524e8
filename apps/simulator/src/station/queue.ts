import { CallError } from '../wire/connection.ts'

/** A message about a transaction: kept until the server has answered it, sent in order, however long the line is down. */
export interface Queued {
  readonly action: string
  readonly payload: Record<string, unknown>
  /** Whose transaction it is. */
  readonly localId: string
  attempts: number
}

export interface TransactionQueue {
  push(message: Omit<Queued, 'attempts'>): void
  /** Sends what waits, as far as the line holds. */
  drain(): Promise<void>
  readonly waiting: readonly Queued[]
  restore(messages: readonly Queued[]): void
  reverse(): void
}

export const createTransactionQueue = ({
  ready,
  send,
  onAnswer,
  onDropped,
  onChange,
}: {
  /** Online and let in. */
  ready: () => boolean
  send: (message: Queued) => Promise<unknown>
  onAnswer: (message: Queued, answer: unknown) => void
  onDropped: (message: Queued, why: string) => void
  onChange: () => void
}): TransactionQueue => {
  const waiting: Queued[] = []
  let draining: Promise<void> | undefined

  const work = async (): Promise<void> => {
    while (waiting.length > 0 && ready()) {
      const message = waiting[0]!
      try {
        const answer = await send(message)
        waiting.splice(waiting.indexOf(message), 1)
        onAnswer(message, answer)
        onChange()
      } catch (error) {
        if (!(error instanceof CallError)) return
        // OCPP 1.6 TransactionMessageAttempts: what the server refuses three times is given up.
        message.attempts += 1
        if (message.attempts < 3) continue
        waiting.splice(waiting.indexOf(message), 1)
        onDropped(message, error.message)
        onChange()
      }
    }
  }

  const drain = async (): Promise<void> => {
    draining ??= work().finally(() => {
      draining = undefined
    })
    await draining
  }

  return {
    push: (message) => {
      waiting.push({ ...message, attempts: 0 })
      onChange()
      void drain()
    },
    drain,
    waiting,
    restore: (messages) => void waiting.unshift(...messages),
    reverse: () => void waiting.reverse(),
  }
}
