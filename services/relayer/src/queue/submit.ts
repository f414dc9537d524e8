import {
  type ChainIntent,
  type Clock,
  faultPoint,
  isWerenodeError,
  parseSessionId,
  type Store,
  WerenodeError,
} from '@werenode/core'
import { collections, type IntentRow } from '../rows.ts'

const kinds: ReadonlySet<string> = new Set<ChainIntent['kind']>([
  'open',
  'settle',
  'propose',
  'finalise',
  'cancel',
  'finaliseCancel',
  'acknowledgeStart',
  'void',
  'topUp',
  'reclaim',
  'prove',
  'faucet',
  'publish',
  'payStatement',
  'withdraw',
])

/** Takes an intent into the queue, once per key. Durable when it resolves. */
export const createSubmit = (deps: {
  readonly store: Store
  readonly clock: Clock
  readonly sessionIdOf: (intent: ChainIntent) => string | undefined
  readonly onQueued: () => void
}) => {
  let lastOrder = 0
  return async (key: string, intent: ChainIntent): Promise<{ key: string; known: boolean }> => {
    if (!kinds.has(intent?.kind))
      throw new WerenodeError(
        'invalid-input',
        `"${String(intent?.kind).slice(0, 40)}" is not something to do on chain`,
        {
          hint: `It is one of: ${[...kinds].join(', ')}.`,
        },
      )
    const nowMs = deps.clock().getTime()
    lastOrder = Math.max(lastOrder + 1, nowMs * 1000)
    const sessionId = idOf(key, () => deps.sessionIdOf(intent))
    const row: IntentRow = {
      _id: key,
      kind: intent.kind,
      ...(sessionId === undefined ? {} : { sessionId: parseSessionId(sessionId) }),
      intent,
      status: 'queued',
      order: lastOrder,
      queuedAtMs: nowMs,
      attempts: 0,
    }
    try {
      await deps.store.write([{ op: 'insert', in: collections.intents, doc: row }])
    } catch (error) {
      if (isWerenodeError(error) && error.code === 'conflict') return { key, known: true }
      throw error
    }
    faultPoint('relayer.submitted')
    deps.onQueued()
    return { key, known: false }
  }
}

/** Terms with a field outside its range have no id: nothing can be asked of the chain about them. */
const idOf = (key: string, look: () => string | undefined): string | undefined => {
  try {
    return look()
  } catch (cause) {
    throw new WerenodeError('invalid-input', `The terms of ${key.slice(0, 100)} cannot be put on chain`, {
      hint: 'A field is missing or outside its range; take the terms as the quote gave them.',
      cause,
    })
  }
}
