import { randomBytes } from 'node:crypto'
import {
  type Clock,
  type CollectionSpec,
  type Doc,
  isoTime,
  type Party,
  type Principal,
  type Store,
  type WriteOp,
} from '@werenode/core'

/** A privileged act: who did what to what. Written in the same write as the act itself, and never changed. */
export interface AuditDoc extends Doc {
  readonly at: string
  readonly accountId: string
  readonly address?: string
  readonly party?: Party
  /** The operation, as in the table of routes. */
  readonly act: string
  /** What it was done to. */
  readonly subject: string
  /** Never holds a secret. */
  readonly details: Readonly<Record<string, unknown>>
}

const collection = 'api_audit'
export const auditCollection: CollectionSpec = {
  name: collection,
  indexes: [{ fields: ['party', 'at'] }, { fields: ['at'] }],
}

export interface Audit {
  /** The note to write together with the act. */
  note(act: {
    principal: Principal
    act: string
    party?: Party
    subject: string
    details?: Readonly<Record<string, unknown>>
  }): WriteOp
  /** Newest first. */
  list(query: { party?: Party; limit: number; after?: string }): Promise<{ items: readonly AuditDoc[]; next?: string }>
}

export const createAudit = ({ store, clock }: { store: Store; clock: Clock }): Audit => ({
  note({ principal, act, party, subject, details = {} }) {
    const at = isoTime(clock())
    const doc: AuditDoc = {
      _id: `${at}-${randomBytes(9).toString('base64url')}`,
      at,
      accountId: principal.accountId,
      ...(principal.address === undefined ? {} : { address: principal.address }),
      ...(party === undefined ? {} : { party }),
      act,
      subject,
      details,
    }
    return { op: 'insert', in: collection, doc }
  },
  list: ({ party, limit, after }) =>
    store.find<AuditDoc>(collection, party === undefined ? {} : { party }, {
      sort: [['at', -1]],
      limit,
      ...(after === undefined ? {} : { after }),
    }),
})
