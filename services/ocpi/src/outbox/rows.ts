import type { Store, WriteOp } from '@werenode/core'
import type { ObjectDoc, OutboxDoc, Partner } from '../collections.ts'
import { partyKey, sameParty } from '../http/routing.ts'
import type { Kind } from '../model/model.ts'
import { isHub } from '../partners/hub.ts'
import { placeOf, versionOf } from '../versions/versions.ts'

/** Where a partner takes an object of ours; undefined when it does not follow this kind. */
export const receiverOf = (partner: Partner, kind: Kind): string | undefined => {
  if (partner.state !== 'registered' || partner.version === undefined) return undefined
  if (versionOf(partner.version).mapper[kind] === undefined) return undefined
  return placeOf(partner, kind, 'RECEIVER')
}

/** Sessions and CDRs concern one party; a hub takes them for all behind it. */
const concerns = (partner: Partner, forParty: string | undefined): boolean =>
  forParty === undefined || isHub(partner) || partner.roles.some((role) => partyKey(role) === forParty)

/** Nobody is told how its own connection is. */
const isItself = ({ roles }: Partner, { kind, object }: ObjectDoc): boolean =>
  kind === 'hubclientinfo' && roles.some((role) => sameParty(role, object))

export const follows = (partner: Partner, doc: ObjectDoc): boolean =>
  receiverOf(partner, doc.kind) !== undefined && concerns(partner, doc.forParty) && !isItself(partner, doc)

export const rowId = (partnerId: string, objectId: string): string => `${partnerId}|${objectId}`

/** The rows by which each partner that follows the object is owed its new state. */
export const owedTo = async (
  store: Store,
  partners: readonly Partner[],
  doc: ObjectDoc,
  at: Date,
): Promise<readonly WriteOp[]> => {
  const followers = partners.filter((partner) => follows(partner, doc))
  if (followers.length === 0) return []
  const rows = await store.getMany<OutboxDoc>(
    'ocpi_outbox',
    followers.map(({ _id }) => rowId(_id, doc._id)),
  )
  const known = new Map(rows.map((row) => [row._id, row]))
  return followers.map((partner): WriteOp => {
    const row = known.get(rowId(partner._id, doc._id))
    const owed: OutboxDoc = {
      _id: rowId(partner._id, doc._id),
      partnerId: partner._id,
      kind: doc.kind,
      objectId: doc._id,
      owed: true,
      dueAt: row?.owed ? row.dueAt : at.toISOString(),
      attempts: row?.owed ? row.attempts : 0,
      ...(row?.lastTrouble === undefined ? {} : { lastTrouble: row.lastTrouble }),
      ...(row?.sent === undefined ? {} : { sent: row.sent }),
    }
    return row === undefined
      ? { op: 'insert', in: 'ocpi_outbox', doc: owed }
      : { op: 'replace', in: 'ocpi_outbox', doc: owed, rev: row._rev }
  })
}
