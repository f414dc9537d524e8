import type { CollectionSpec, SessionRecord } from '@werenode/core'

/** Everything the EVSE Manager owns in the store. */
export const collections = {
  sessions: 'manager_sessions',
  quotes: 'manager_quotes',
  ledger: 'manager_ledger',
  cards: 'manager_cards',
  counters: 'manager_counters',
  unclaimed: 'manager_unclaimed',
  offers: 'manager_offers',
  published: 'manager_published',
} as const

/** Time series: each believed reading of a session, and each step it made. */
export const series = { readings: 'manager_readings', steps: 'manager_steps' } as const

export const collectionSpecs: readonly CollectionSpec[] = [
  {
    name: collections.sessions,
    indexes: [
      { fields: ['dueAt'] },
      { fields: ['idTag'], unique: true },
      { fields: ['transactionKey'] },
      { fields: ['terms.driver', 'createdAt'] },
      { fields: ['evseId', 'createdAt'] },
      { fields: ['party', 'createdAt'] },
      { fields: ['createdAt'] },
      { fields: ['state', 'createdAt'] },
      // The plug belongs to one session at a time.
      { fields: ['stationId', 'evse', 'connector'], unique: true, where: { holdsConnector: true } },
      // R50: one pending open per driver through the app.
      { fields: ['terms.driver'], unique: true, where: { state: 'opening', door: 'app' } },
    ],
  },
  { name: collections.quotes, indexes: [{ fields: ['expiresAt'] }] },
  { name: collections.ledger, indexes: [{ fields: ['sessionId'] }] },
  { name: collections.cards },
  { name: collections.counters },
  { name: collections.offers },
  { name: collections.published },
  { name: collections.unclaimed, indexes: [{ fields: ['at'] }] },
]

/** A believed reading, as the series keeps it. */
export interface Sample {
  readonly wh: number
  readonly powerW: number | null
  readonly suspended: SessionRecord['suspended']
}
