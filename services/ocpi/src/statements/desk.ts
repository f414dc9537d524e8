import {
  type Bus,
  type Clock,
  type RoamingStatementView,
  type StatementClosing,
  type Store,
  WerenodeError,
} from '@werenode/core'
import type { Logger } from 'pino'
import type { Partner } from '../collections.ts'
import type { Handler } from '../http/call.ts'
import { invalid, notFound } from '../http/envelope.ts'
import type { PeerAnswer } from '../http/peer.ts'
import { partyKey } from '../http/routing.ts'
import type { PartyRef } from '../model/model.ts'
import { byMethod } from '../modules/sender.ts'
import type { OcpiObjects } from '../objects/objects.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import type { Turnstile } from '../partners/one-at-a-time.ts'
import type { PartnerRecords } from '../partners/records.ts'
import { readDateTime } from '../schema/date-time.ts'
import { createBooks, isClosed, type StatementDoc } from './books.ts'
import { createClosing, type LaidOut } from './closing.ts'
import { createHeld } from './held.ts'
import { createInvoices } from './invoice.ts'
import { type HeldCdr, keyOf, reconcile } from './statement.ts'

/** CDRs that come late are looked for in so many closed periods. */
const lookBack = 3

/**
 * Periods of roaming with a partner. Each side tells the other what it holds at `<versions>/../statement?from=&to=`, a door of our own
 * beside OCPI's: a partner without it is shown our side alone, and its periods cannot be closed here.
 */
export const createStatements = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  log: Logger
  us: PartyRef
  records: PartnerRecords
  objects: OcpiObjects
  turnstile: Turnstile
  call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
}) => {
  const { us, records } = deps
  const books = createBooks(deps.store)
  const held = createHeld(deps)

  /** A period of both sides, with what came late for periods closed before it, without what those have counted. */
  const layOut = async (partner: Partner, from: string, to: string): Promise<LaidOut> => {
    const statements = await books.ofPartner(partner._id)
    const known = statements.find((one) => one.from === from && one.to === to)
    const earlier = statements.filter((one) => one !== known && isClosed(one) && one.to <= from).slice(-lookBack)
    const counts =
      known !== undefined && isClosed(known)
        ? among(new Set(known.cdrs))
        : not(among(new Set(earlier.flatMap(({ cdrs }) => cdrs))))
    const ours: HeldCdr[] = []
    let theirs: readonly HeldCdr[] | undefined = []
    for (const period of [...earlier, { from, to }]) {
      ours.push(...(await held.here(partner, period.from, period.to)).filter(counts))
      if (theirs === undefined) continue
      const told = await held.there(partner, period.from, period.to)
      theirs = told && [...theirs, ...told.filter(counts)]
    }
    const view = reconcile({ partnerId: partner._id, from, to, us: partyKey(us), ours, theirs })
    return { view, cdrs: [...new Set(ours.map(keyOf))] }
  }

  const closing = createClosing({ ...deps, books, layOut, onClosed: createInvoices(deps) })

  const period = (from: string, to: string): { from: string; to: string } => {
    const [begin, end] = [timeOf(from), timeOf(to)]
    if (begin === undefined || end === undefined)
      throw new WerenodeError('invalid-input', 'A period is two times like 2026-11-01T00:00:00Z')
    if (end <= begin) throw new WerenodeError('invalid-input', 'The period ends before it begins')
    return { from: begin, to: end }
  }

  const of = async (partnerId: string, from: string, to: string): Promise<RoamingStatementView> => {
    const partner = await records.get(partnerId)
    const asked = period(from, to)
    const { view } = await layOut(partner, asked.from, asked.to)
    const doc = await books.get(partnerId, asked.from, asked.to)
    return doc === undefined ? view : { ...view, closing: closingOf(doc) }
  }

  /** What a partner of ours may know of a period: the CDRs between the two of us; and who we are on chain. */
  const handler: Handler = byMethod({
    GET: async (call) => {
      if (call.parts[0] === 'operator') return { data: await closing.ourselves() }
      if (call.parts.length > 0) throw notFound(`The path statement/${call.parts.join('/').slice(0, 60)}`)
      const [from, to] = [timeOf(call.query.get('from')), timeOf(call.query.get('to'))]
      if (from === undefined || to === undefined) throw invalid('$.from and $.to: two times are expected')
      return { data: await held.here(call.partner, from, to) }
    },
    POST: closing.receive,
  })

  return {
    handler,
    of,
    /** Compares, signs, proposes and pays; or says what is in dispute. */
    close: async (partnerId: string, from: string, to: string): Promise<RoamingStatementView> => {
      const partner = await records.get(partnerId)
      const asked = period(from, to)
      if (Date.parse(asked.to) > deps.clock().getTime())
        throw new WerenodeError('conflict', `The period ends at ${asked.to}, which is still to come`, {
          hint: 'Close it when it is over, or close it up to a time that has passed.',
        })
      await closing.close(partner, asked.from, asked.to)
      return of(partnerId, asked.from, asked.to)
    },
    start: closing.start,
    stop: closing.stop,
  }
}

const among =
  (keys: ReadonlySet<string>) =>
  (cdr: HeldCdr): boolean =>
    keys.has(keyOf(cdr))
const not =
  (holds: (cdr: HeldCdr) => boolean) =>
  (cdr: HeldCdr): boolean =>
    !holds(cdr)

const closingOf = (doc: StatementDoc): StatementClosing => {
  const { state, at, reasons, payer, statement, ourSignature, theirSignature, txHash } = doc
  return {
    state,
    at,
    reasons,
    ...(payer === undefined ? {} : { payer }),
    ...(statement === undefined ? {} : { statement }),
    ...(ourSignature === undefined ? {} : { ourSignature }),
    ...(theirSignature === undefined ? {} : { theirSignature }),
    ...(txHash === undefined ? {} : { txHash }),
  }
}

/** As stored; undefined when it is no time. */
const timeOf = (text: string | null): string | undefined => {
  const millis = text === null ? undefined : readDateTime(text)
  return millis === undefined ? undefined : new Date(millis).toISOString()
}
