import { type Clock, isWerenodeError, type Store, type Stored, type WriteOp } from '@werenode/core'
import type { ObjectDoc, Partner } from '../collections.ts'
import { partyKey } from '../http/routing.ts'
import type { Kind, Objects, PartyRef } from '../model/model.ts'
import { owedTo } from '../outbox/rows.ts'
import { docId, idWithin } from './object-id.ts'
import { sameButForTime } from './same.ts'

export const OWN = 'own'

export interface OcpiObjects {
  /** Writes an object of ours and, in the same write, what each partner that follows it is owed. False when nothing changed. */
  putOwn<K extends Kind>(
    kind: K,
    object: Objects[K],
    options?: { forParty?: PartyRef; gone?: boolean },
  ): Promise<boolean>
  /** Keeps a copy of a partner's object. An older one than we hold changes nothing: pushes overtake pulls. */
  putTheirs<K extends Kind>(
    partnerId: string,
    kind: K,
    object: Objects[K],
    options?: {
      gone?: boolean
      wire?: NonNullable<ObjectDoc['wire']>
      known?: Stored<ObjectDoc>
      findings?: readonly string[]
    },
  ): Promise<'new' | 'changed' | 'same' | 'older'>
  get<K extends Kind>(owner: string, kind: K, id: string): Promise<Stored<ObjectDoc<K>> | undefined>
}

export const createObjects = (deps: {
  store: Store
  clock: Clock
  partners: () => Promise<readonly Partner[]>
  onOwed: () => void
}): OcpiObjects => {
  const { store, clock } = deps
  let last = 0
  /** Microseconds of this process's clock, never the same twice. */
  const nextNr = (): number => {
    last = Math.max(clock().getTime() * 1000, last + 1)
    return last
  }

  const withRetries = async <T>(attempt: (tries: number) => Promise<T>): Promise<T> => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await attempt(tries)
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'conflict' || tries >= 50) throw error
      }
    }
  }

  const docOf = <K extends Kind>(
    owner: string,
    kind: K,
    object: Objects[K],
    known: ObjectDoc<K> | undefined,
  ): ObjectDoc<K> => ({
    _id: docId(owner, kind, idWithin(kind, object)),
    owner,
    kind,
    object,
    lastUpdated: object.last_updated,
    ...lookupOf(kind, object),
    createdNr: known?.createdNr ?? nextNr(),
  })
  const writeOf = (doc: ObjectDoc, known: Stored<ObjectDoc> | undefined): WriteOp =>
    known === undefined
      ? { op: 'insert', in: 'ocpi_objects', doc }
      : { op: 'replace', in: 'ocpi_objects', doc, rev: known._rev }

  return {
    get: (owner, kind, id) => store.get('ocpi_objects', docId(owner, kind, id)),

    putOwn: (kind, object, options = {}) =>
      withRetries(async () => {
        const id = idWithin(kind, object)
        const known = await store.get<ObjectDoc<typeof kind>>('ocpi_objects', docId(OWN, kind, id))
        const gone = options.gone ?? false
        if (known && (known.gone ?? false) === gone && sameButForTime(known.object, object)) return false
        const doc: ObjectDoc<typeof kind> = {
          ...docOf(OWN, kind, object, known),
          ...(gone ? { gone } : {}),
          ...(options.forParty ? { forParty: partyKey(options.forParty) } : {}),
        }
        const rows = await owedTo(store, await deps.partners(), doc as ObjectDoc, clock())
        await store.write([writeOf(doc as ObjectDoc, known as Stored<ObjectDoc> | undefined), ...rows])
        if (rows.length > 0) deps.onOwed()
        return true
      }),

    putTheirs: (partnerId, kind, object, options = {}) =>
      withRetries(async (tries) => {
        // What the caller has read is good for the first try: a conflict shows that it was not.
        const known =
          tries === 0 && options.known
            ? (options.known as unknown as Stored<ObjectDoc<typeof kind>>)
            : await store.get<ObjectDoc<typeof kind>>('ocpi_objects', docId(partnerId, kind, idWithin(kind, object)))
        const gone = options.gone ?? false
        if (known && known.lastUpdated > object.last_updated) return 'older'
        if (known && (known.gone ?? false) === gone && sameButForTime(known.object, object)) return 'same'
        const doc: ObjectDoc<typeof kind> = {
          ...docOf(partnerId, kind, object, known),
          ...(gone ? { gone } : {}),
          ...(options.wire ? { wire: options.wire } : {}),
          ...(options.findings?.length ? { findings: options.findings } : {}),
        }
        await store.write([writeOf(doc as ObjectDoc, known as Stored<ObjectDoc> | undefined)])
        return known ? 'changed' : 'new'
      }),
  }
}

const lookupOf = <K extends Kind>(kind: K, object: Objects[K]): { lookup?: string } => {
  const text =
    kind === 'tokens'
      ? (object as Objects['tokens']).uid
      : kind === 'sessions'
        ? (object as Objects['sessions']).id
        : kind === 'cdrs'
          ? (object as Objects['cdrs']).session_id
          : kind === 'bookings'
            ? placeBooked(object as Objects['bookings'])
            : undefined
  return text === undefined ? {} : { lookup: text.toUpperCase() }
}

/** The booking location a booking is at, as its id within its owner. */
const placeBooked = (booking: Objects['bookings']): string | undefined => {
  const place = booking.booking_requests[0]?.booking_request.booking_location_id
  return place === undefined ? undefined : `${booking.country_code}|${booking.party_id}|${place}`
}
