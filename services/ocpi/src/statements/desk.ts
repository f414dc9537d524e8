import { type RoamingStatementView, type Store, WerenodeError } from '@werenode/core'
import type { ObjectDoc, Partner } from '../collections.ts'
import type { Handler } from '../http/call.ts'
import { invalid } from '../http/envelope.ts'
import type { PeerAnswer } from '../http/peer.ts'
import { partyKey } from '../http/routing.ts'
import type { Cdr, PartyRef } from '../model/model.ts'
import { byMethod } from '../modules/sender.ts'
import { OWN } from '../objects/objects.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import type { PartnerRecords } from '../partners/records.ts'
import { readDateTime } from '../schema/date-time.ts'
import { type HeldCdr, reconcile } from './statement.ts'

/** A period longer than this is asked for in parts. */
const mostCdrs = 50_000
/** Micro-euro of an OCPI number, which has four decimals (types, "number"). */
const microOf = (value: number): string => (BigInt(Math.round(value * 10_000)) * 100n).toString()

/**
 * Periods of roaming with a partner. Each side tells the other what it holds at `<versions>/../statement?from=&to=`, a door of our own
 * beside OCPI's: a partner without it is shown our side alone.
 */
export const createStatements = (deps: {
  store: Store
  us: PartyRef
  records: PartnerRecords
  call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
}) => {
  const { store, us, records } = deps

  const held = async (partner: Partner, from: string, to: string): Promise<readonly HeldCdr[]> => {
    const theirs = new Set(partner.roles.map(partyKey))
    const cdrs: HeldCdr[] = []
    for (const owner of [OWN, partner._id]) {
      let after: string | undefined
      do {
        const page = await store.find<ObjectDoc<'cdrs'>>(
          'ocpi_objects',
          { owner, kind: 'cdrs', 'object.end_date_time': { $gte: from, $lt: to } },
          { limit: 1_000, ...(after === undefined ? {} : { after }) },
        )
        for (const { object, findings, forParty } of page.items)
          if (owner !== OWN || (forParty !== undefined && theirs.has(forParty)))
            cdrs.push(heldOf(object, findings ?? []))
        after = page.next
      } while (after !== undefined && cdrs.length < mostCdrs)
    }
    return cdrs
  }

  /** The partner's view of the same period; undefined when it has no such door. */
  const askPartner = async (partner: Partner, from: string, to: string): Promise<readonly HeldCdr[] | undefined> => {
    if (partner.state !== 'registered' || partner.versionsUrl === undefined) return undefined
    const url = new URL(`${partner.versionsUrl.replace(/\/versions\/?$/, '')}/statement`)
    url.searchParams.set('from', from)
    url.searchParams.set('to', to)
    const answer = await deps.call(partner._id, { method: 'GET', url: url.href })
    if (!answer.ok || !Array.isArray(answer.data)) return undefined
    return answer.data.flatMap((item) => (isHeld(item) ? [item] : []))
  }

  const period = (from: string, to: string): { from: string; to: string } => {
    const [begin, end] = [timeOf(from), timeOf(to)]
    if (begin === undefined || end === undefined)
      throw new WerenodeError('invalid-input', 'A period is two times like 2026-11-01T00:00:00Z')
    if (end <= begin) throw new WerenodeError('invalid-input', 'The period ends before it begins')
    return { from: begin, to: end }
  }

  /** What a partner of ours may know of a period: the CDRs between the two of us. */
  const handler: Handler = byMethod({
    GET: async (call) => {
      const [from, to] = [timeOf(call.query.get('from')), timeOf(call.query.get('to'))]
      if (from === undefined || to === undefined) throw invalid('$.from and $.to: two times are expected')
      return { data: await held(call.partner, from, to) }
    },
  })

  return {
    handler,
    of: async (partnerId: string, from: string, to: string): Promise<RoamingStatementView> => {
      const partner = await records.get(partnerId)
      const asked = period(from, to)
      const theirs = await askPartner(partner, asked.from, asked.to)
      const ours = await held(partner, asked.from, asked.to)
      return reconcile({ partnerId, ...asked, us: partyKey(us), ours, theirs })
    },
  }
}

/** As stored; undefined when it is no time. */
const timeOf = (text: string | null): string | undefined => {
  const millis = text === null ? undefined : readDateTime(text)
  return millis === undefined ? undefined : new Date(millis).toISOString()
}

const heldOf = (cdr: Cdr, findings: readonly string[]): HeldCdr => ({
  issuer: partyKey(cdr),
  cdrId: cdr.id,
  endedAt: cdr.end_date_time,
  energyWh: Math.round(cdr.total_energy * 1000),
  amountMicro: microOf(cdr.total_cost.incl_vat ?? cdr.total_cost.excl_vat),
  findings: cdr.currency === 'EUR' ? findings : [...findings, `It is in ${cdr.currency}, not in EUR.`],
})

const isHeld = (item: unknown): item is HeldCdr => {
  const one = (typeof item === 'object' && item !== null ? item : {}) as Partial<Record<keyof HeldCdr, unknown>>
  return (
    typeof one.issuer === 'string' &&
    typeof one.cdrId === 'string' &&
    typeof one.endedAt === 'string' &&
    typeof one.energyWh === 'number' &&
    typeof one.amountMicro === 'string' &&
    /^-?\d{1,30}$/.test(one.amountMicro) &&
    Array.isArray(one.findings)
  )
}
