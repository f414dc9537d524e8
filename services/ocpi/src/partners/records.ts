import { createHash, randomBytes } from 'node:crypto'
import { type Clock, isWerenodeError, type Store, type Stored, WerenodeError, type WriteOp } from '@werenode/core'
import type { AccessDoc, OurToken, Partner } from '../collections.ts'
import { tokensMeant } from '../http/authorization.ts'

/** Something a partner did wrong, or that went wrong with it, in a sentence for people. */
export interface Trouble {
  readonly at: string
  readonly about: string
  readonly message: string
}

export interface PartnerRecords {
  get(id: string): Promise<Stored<Partner>>
  list(): Promise<readonly Stored<Partner>[]>
  create(partner: Omit<Partner, '_id' | 'createdAt'>): Promise<Stored<Partner>>
  /** Reads, changes and writes by compare-and-set together with the doors its tokens open. `change` may run more than once. */
  change(id: string, change: (partner: Partner) => Partner): Promise<Stored<Partner>>
  /** Who stands at the door; undefined for a stranger. */
  recognise(authorization: string | undefined): Promise<{ partner: Stored<Partner>; token: OurToken } | undefined>
  /** The token has arrived where it was meant to: those before it end. */
  confirm(partnerId: string, token: string): Promise<void>
  trouble(partnerId: string, about: string, message: string): Promise<void>
  troubles(partnerId: string, limit?: number): Promise<readonly Trouble[]>
}

/** A credentials token: printable, 43 characters, never logged. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** How long another process of the same store may still let in a token that was ended here. */
const keptMs = 1_000

const hashOf = (token: string): string => createHash('sha256').update(`ocpi:${token}`).digest('hex')

export const createPartnerRecords = ({ store, clock }: { store: Store; clock: Clock }): PartnerRecords => {
  const get = async (id: string): Promise<Stored<Partner>> => {
    const partner = await store.get<Partner>('ocpi_partners', id)
    if (partner) return partner
    throw new WerenodeError('not-found', `No roaming partner ${id} is known here`, { hint: 'List the partners first.' })
  }

  type Entry = { partner: Stored<Partner>; token: OurToken }
  /** Who stands behind a header, for a moment: pushes come by the thousand. A change made here counts at once. */
  let changes = 0
  const recognised = new Map<string, { entry: Entry; untilMs: number }>()

  const lookUp = async (authorization: string): Promise<Entry | undefined> => {
    const tokens = tokensMeant(authorization)
    if (tokens.length === 0) return undefined
    for (const access of await store.getMany<AccessDoc>('ocpi_access', tokens.map(hashOf))) {
      const partner = await store.get<Partner>('ocpi_partners', access.partnerId)
      const token = partner?.ourTokens.find((one) => hashOf(one.token) === access._id)
      if (partner !== undefined && token !== undefined) return { partner, token }
    }
    return undefined
  }

  const change: PartnerRecords['change'] = async (id, changed) => {
    for (let attempt = 0; ; attempt += 1) {
      const before = await get(id)
      const { _rev, ...plain } = before
      const next = changed(plain)
      if (next === plain) return before
      try {
        const [rev] = await store.write([
          { op: 'replace', in: 'ocpi_partners', doc: next, rev: before._rev },
          ...doorsOf(before, next),
        ])
        changes += 1
        recognised.clear()
        return { ...next, _rev: rev! }
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'conflict' || attempt >= 20) throw error
      }
    }
  }

  return {
    get,
    change,
    list: async () => {
      const partners: Stored<Partner>[] = []
      let after: string | undefined
      do {
        const page = await store.find<Partner>('ocpi_partners', {}, { limit: 1000, ...(after ? { after } : {}) })
        partners.push(...page.items)
        after = page.next
      } while (after !== undefined)
      return partners
    },
    create: async (partner) => {
      const doc: Partner = { ...partner, _id: randomBytes(6).toString('hex'), createdAt: clock().toISOString() }
      await store.write([{ op: 'insert', in: 'ocpi_partners', doc }, ...doorsOf(undefined, doc)])
      return { ...doc, _rev: 1 }
    },
    recognise: async (authorization) => {
      if (authorization === undefined) return undefined
      const kept = recognised.get(authorization)
      if (kept !== undefined && kept.untilMs > performance.now()) return kept.entry
      const began = changes
      const entry = await lookUp(authorization)
      if (entry === undefined) recognised.delete(authorization)
      // What changed while we looked is not kept.
      else if (began === changes) {
        if (recognised.size >= 1_000) recognised.clear()
        recognised.set(authorization, { entry, untilMs: performance.now() + keptMs })
      }
      return entry
    },
    confirm: async (partnerId, token) => {
      await change(partnerId, (partner) => {
        const used = partner.ourTokens.find((one) => one.token === token)
        if (used === undefined || (!used.unconfirmed && partner.ourTokens.length === 1)) return partner
        // An older token being used again says nothing about the newer ones on their way.
        if (!used.unconfirmed) return partner
        return { ...partner, ourTokens: [{ token: used.token, use: used.use }] }
      })
    },
    trouble: async (partnerId, about, message) => {
      const at = clock()
      const value = { about, message: message.slice(0, 500) }
      await store.write([
        { op: 'append', series: 'ocpi_troubles', key: partnerId, points: [{ at: at.getTime(), value }] },
      ])
    },
    troubles: async (partnerId, limit = 20) => {
      const points = await store.range('ocpi_troubles', partnerId, { limit, newestFirst: true })
      return points.map(({ at, value }) => ({
        at: new Date(at).toISOString(),
        ...(value as { about: string; message: string }),
      }))
    },
  }
}

const doorsOf = (before: Partner | undefined, after: Partner): WriteOp[] => {
  const old = new Set(before?.ourTokens.map(({ token }) => token))
  const now = new Set(after.ourTokens.map(({ token }) => token))
  return [
    ...[...now]
      .filter((token) => !old.has(token))
      .map(
        (token): WriteOp => ({
          op: 'put',
          in: 'ocpi_access',
          doc: { _id: hashOf(token), partnerId: after._id } as AccessDoc,
        }),
      ),
    ...[...old]
      .filter((token) => !now.has(token))
      .map((token): WriteOp => ({ op: 'delete', in: 'ocpi_access', id: hashOf(token) })),
  ]
}
