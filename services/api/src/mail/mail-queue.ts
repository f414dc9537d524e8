import { randomBytes } from 'node:crypto'
import {
  type Clock,
  type CollectionSpec,
  type Doc,
  isoTime,
  type Store,
  type Stored,
  type WriteOp,
} from '@werenode/core'
import type { Mail, Mailer } from './mailer.ts'

/** A letter on its way. Written with what it tells of, so that neither exists without the other. */
export interface MailDoc extends Doc {
  readonly state: 'waiting' | 'sent' | 'failed'
  readonly createdAt: string
  readonly nextAt: string
  readonly tries: number
  readonly to: string
  readonly subject: string
  /** Erased once sent, because it may hold a link that signs in; the local outbox keeps it. */
  readonly text: string
  readonly problem?: string
}

const collection = 'api_mails'
export const mailCollection: CollectionSpec = {
  name: collection,
  indexes: [{ fields: ['state', 'nextAt'] }, { fields: ['createdAt'] }],
}

const mostTries = 8
const firstPauseMs = 30_000
const lookEveryMs = 5_000
/** Letters about signing in are of no use after a day. */
const keepMs = 24 * 3_600_000

export interface MailQueue {
  /** The row to write with what the letter is about. */
  post(mail: Mail): WriteOp
  /** Sends what is due; called by itself every few seconds between `start` and `stop`. */
  sendDue(): Promise<void>
  /** Newest first, for the local outbox. */
  list(): Promise<readonly Stored<MailDoc>[]>
  start(): void
  stop(): Promise<void>
  sweep(): Promise<void>
}

export const createMailQueue = (deps: {
  store: Store
  clock: Clock
  mailer: Mailer
  onProblem?: (problem: string) => void
}): MailQueue => {
  const { store, clock, mailer } = deps
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const sendOne = async (mail: Stored<MailDoc>): Promise<void> => {
    const { _rev, problem: _before, ...doc } = mail
    const tries = doc.tries + 1
    // Taken before it is sent: of two processes one sends it, and a letter that kills its sender is not tried for ever.
    const pauseMs = Math.min(3_600_000, firstPauseMs * 2 ** doc.tries)
    const taken: MailDoc = { ...doc, tries, nextAt: isoTime(new Date(clock().getTime() + pauseMs)) }
    const rev = await store.write([{ op: 'replace', in: collection, doc: taken, rev: _rev }]).then(
      ([first]) => first!,
      () => undefined,
    )
    if (rev === undefined) return
    try {
      await mailer.send(doc)
      const sent: MailDoc = { ...taken, state: 'sent', text: mailer.keeps ? doc.text : '' }
      await store.write([{ op: 'replace', in: collection, doc: sent, rev }])
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      deps.onProblem?.(problem)
      const failed = tries >= mostTries
      const doc: MailDoc = { ...taken, state: failed ? 'failed' : 'waiting', problem: problem.slice(0, 300) }
      await store.write([{ op: 'replace', in: collection, doc, rev }])
    }
  }

  const sendDue = async (): Promise<void> => {
    const { items } = await store.find<MailDoc>(
      collection,
      { state: 'waiting', nextAt: { $lte: isoTime(clock()) } },
      { sort: [['nextAt', 1]], limit: 50 },
    )
    for (const mail of items) await sendOne(mail)
  }

  return {
    post({ to, subject, text }) {
      const at = isoTime(clock())
      const doc: MailDoc = {
        _id: `${at}-${randomBytes(9).toString('base64url')}`,
        state: 'waiting',
        createdAt: at,
        nextAt: at,
        tries: 0,
        to,
        subject,
        text,
      }
      return { op: 'insert', in: collection, doc }
    },
    sendDue,
    list: async () => (await store.find<MailDoc>(collection, {}, { sort: [['createdAt', -1]], limit: 200 })).items,
    start() {
      const look = (): void => {
        running = sendDue()
          .catch((error: unknown) => deps.onProblem?.(String(error)))
          .finally(() => {
            if (timer) timer = setTimeout(look, lookEveryMs)
          })
      }
      timer = setTimeout(look, 0)
    },
    async stop() {
      clearTimeout(timer)
      timer = undefined
      await running
    },
    async sweep() {
      const before = isoTime(new Date(clock().getTime() - keepMs))
      for (;;) {
        const { items } = await store.find(collection, { createdAt: { $lt: before } }, { limit: 500 })
        if (items.length === 0) return
        await store.write(items.map(({ _id }) => ({ op: 'delete', in: collection, id: _id })))
      }
    },
  }
}
