import type { Store } from '@werenode/core'
import type { ObjectDoc, Partner } from '../collections.ts'
import type { PeerAnswer } from '../http/peer.ts'
import { partyKey } from '../http/routing.ts'
import type { Cdr } from '../model/model.ts'
import { OWN } from '../objects/objects.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import type { HeldCdr } from './statement.ts'

/** A period with more CDRs is closed in parts. */
export const mostCdrs = 50_000
/** Micro-euro of an OCPI number, which has four decimals (types, "number"). */
const microOf = (value: number): string => (BigInt(Math.round(value * 10_000)) * 100n).toString()

/** Where a partner of our own kind tells what it holds of a period; others have no such door. */
export const statementDoor = (partner: Partner): string | undefined =>
  partner.state !== 'registered' || partner.versionsUrl === undefined
    ? undefined
    : `${partner.versionsUrl.replace(/\/versions\/?$/, '')}/statement`

/** The CDRs between us and a partner whose charge ended at `from` or later and before `to`, as each side holds them. */
export const createHeld = (deps: {
  store: Store
  call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
}) => {
  const here = async (partner: Partner, from: string, to: string): Promise<readonly HeldCdr[]> => {
    const theirs = new Set(partner.roles.map(partyKey))
    const cdrs: HeldCdr[] = []
    for (const owner of [OWN, partner._id]) {
      let after: string | undefined
      do {
        const page = await deps.store.find<ObjectDoc<'cdrs'>>(
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

  /** Undefined when the partner has no such door, or did not answer. */
  const there = async (partner: Partner, from: string, to: string): Promise<readonly HeldCdr[] | undefined> => {
    const door = statementDoor(partner)
    if (door === undefined) return undefined
    const url = new URL(door)
    url.searchParams.set('from', from)
    url.searchParams.set('to', to)
    const answer = await deps.call(partner._id, { method: 'GET', url: url.href })
    if (!answer.ok || !Array.isArray(answer.data)) return undefined
    return answer.data.filter(isHeld)
  }
  return { here, there }
}
export type Held = ReturnType<typeof createHeld>

const heldOf = (cdr: Cdr, findings: readonly string[]): HeldCdr => ({
  issuer: partyKey(cdr),
  cdrId: cdr.id,
  endedAt: cdr.end_date_time,
  energyWh: Math.round(cdr.total_energy * 1000),
  amountMicro: microOf(cdr.total_cost.incl_vat ?? cdr.total_cost.excl_vat),
  findings: cdr.currency === 'EUR' ? findings : [...findings, `It is in ${cdr.currency}, not in EUR.`],
  ...(cdr.credit_reference_id === undefined ? {} : { credits: cdr.credit_reference_id }),
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
    Array.isArray(one.findings) &&
    (one.credits === undefined || typeof one.credits === 'string')
  )
}
