import { type EventData, type NewEvent, newEvent } from '@werenode/core'
import type { IntentRow } from '../rows.ts'

type Told = Omit<EventData['chain.intent'], 'key' | 'sessionId'>

/** An intent's fate as an event; `mark` makes its id one per cause. */
export const intentEvent = (row: IntentRow, at: Date, mark: string, told: Told): NewEvent =>
  newEvent({
    id: `intent:${row._id}:${told.status}:${mark}`,
    type: 'chain.intent',
    at,
    subject: row.sessionId === undefined ? 'chain' : `session.${row.sessionId}`,
    data: { key: row._id, ...(row.sessionId === undefined ? {} : { sessionId: row.sessionId }), ...told },
  })
