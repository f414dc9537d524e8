import { randomUUID } from 'node:crypto'
import { type Clock, WerenodeError } from '@werenode/core'
import type { Partner } from '../collections.ts'
import type { Call, Handler } from '../http/call.ts'
import { type Answer, invalid, methodNotAllowed, notFound, ocpiStatus, Refused } from '../http/envelope.ts'
import type { PeerAnswer } from '../http/peer.ts'
import type { FinancialAdvice, PartyRef, Terminal } from '../model/model.ts'
import { plainId } from '../objects/object-id.ts'
import { type OcpiObjects, OWN } from '../objects/objects.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import { backTo, partyIn, speaksFor } from '../partners/hub.ts'
import { mapper230 } from '../v230/mapper.ts'
import { financialAdvice, terminal } from '../v230/payments.ts'
import { placeOf } from '../versions/versions.ts'
import { mergeShallow } from './merge.ts'

type Wire = Record<string, unknown>
type Paid = 'terminals' | 'financialadvices'
const kindOf = (part: string | undefined): Paid => {
  if (part?.toLowerCase() === 'terminals') return 'terminals'
  if (part?.toLowerCase() === 'financial-advice-confirmations') return 'financialadvices'
  throw notFound(`The path payments/${String(part).slice(0, 40)}`)
}
const schemas = { terminals: terminal, financialadvices: financialAdvice }

export interface PaymentDeps {
  readonly clock: Clock
  readonly us: PartyRef
  readonly objects: OcpiObjects
  readonly records: { get(id: string): Promise<Partner> }
  readonly call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
  readonly trouble: (partnerId: string, about: string, message: string) => Promise<void>
  /** What our CDR for an authorization reference bills, in its currency, all taxes in; undefined when there is none yet. */
  readonly billed: (authorizationReference: string) => Promise<{ id: string; total: number } | undefined>
  readonly listTerminals: Handler
  readonly listAdvices: Handler
}

/**
 * mod_payments of 2.3.0. Receiver interface (CPO): terminals and financial advice confirmations of a payment terminal provider. Sender
 * interface (PTP): our own ones, which CPOs activate and put at their plugs.
 */
export const createPayments = (deps: PaymentDeps) => {
  const { clock, us, objects } = deps

  const ownerOfPartner = (partner: Partner): PartyRef => partyIn(partner, 'PTP')
  /**
   * As it is meant: the specification's own examples leave out last_updated of a new terminal and eft_data of a failed capture, and
   * write prices as 2.2.1 does.
   */
  const meant = (kind: Paid, body: unknown): unknown => {
    if (typeof body !== 'object' || body === null) return body
    const wire = { ...(body as Wire) }
    wire.last_updated ??= clock().toISOString()
    if (kind === 'terminals') return wire
    wire.eft_data ??= []
    const costs = wire.total_costs as { excl_vat?: unknown; incl_vat?: unknown } | undefined
    if (typeof costs?.excl_vat === 'number') {
      const vat =
        typeof costs.incl_vat === 'number' ? Math.round((costs.incl_vat - costs.excl_vat) * 10_000) / 10_000 : 0
      wire.total_costs = {
        before_taxes: costs.excl_vat,
        ...(vat === 0 ? {} : { taxes: [{ name: 'VAT', amount: vat }] }),
      }
    }
    return wire
  }

  // --- as CPO -------------------------------------------------------------------------------------------------------

  const receiver: Handler = async (call) => {
    const kind = kindOf(call.parts[0])
    const owner = ownerOfPartner(call.partner)
    const mapper = mapper230[kind]!
    if (call.method === 'POST' && call.parts.length === 1) {
      const wire = call.read(schemas[kind], meant(kind, call.body)) as Wire
      const object = mapper.fromWire(wire, { owner, holder: us })
      const outcome = await objects.putTheirs(call.partner._id, kind, object as never)
      if (kind === 'financialadvices') await compare(call.partner, (object as FinancialAdvice).advice)
      return {
        http: outcome === 'new' ? 201 : 200,
        headers: { location: `${call.base}/${call.parts[0]}/${encodeURIComponent(object.id)}` },
      }
    }
    if (call.method !== 'GET' || call.parts.length !== 2)
      throw methodNotAllowed(`${call.method} is not possible here`, ['GET', 'POST'])
    const doc = await objects.get(call.partner._id, kind, plainId(owner, call.parts[1]!))
    if (doc === undefined || doc.gone) throw notFound(`${call.parts.join('/').slice(0, 60)}`)
    return { data: mapper.toWire(doc.object as never, { owner, holder: us }) }
  }

  /** What was taken from the driver's card against what our CDR bills: a difference is told to people. */
  const compare = async (partner: Partner, advice: FinancialAdvice['advice']): Promise<void> => {
    const about = `financial advice ${advice.id}`
    const { before_taxes, taxes = [] } = advice.total_costs
    const taken = Math.round(taxes.reduce((sum, tax) => sum + tax.amount, before_taxes) * 10_000) / 10_000
    if (advice.capture_status_code === 'FAILED')
      await deps.trouble(
        partner._id,
        about,
        `Nothing was captured: ${advice.capture_status_message ?? 'no reason given'}`,
      )
    const cdr = await deps.billed(advice.authorization_reference)
    if (cdr !== undefined && Math.abs(cdr.total - taken) > 0.005)
      await deps.trouble(
        partner._id,
        about,
        `${taken} ${advice.currency} were captured, CDR ${cdr.id} bills ${cdr.total}`,
      )
  }

  const toPtp = async (
    partnerId: string,
    path: string,
    method: 'POST' | 'PATCH' | 'PUT',
    body?: object,
  ): Promise<void> => {
    const partner = await deps.records.get(partnerId)
    const base = placeOf(partner, 'terminals', 'SENDER')
    if (base === undefined)
      throw new WerenodeError('conflict', `${partner.name} offers no payment terminals`, {
        hint: 'Test the connection.',
      })
    const answer = await deps.call(partnerId, {
      method,
      url: `${base}${path}`,
      routing: { from: us, to: ownerOfPartner(partner) },
      ...(body === undefined ? {} : { body }),
    })
    if (!answer.ok)
      throw new WerenodeError('conflict', `${partner.name} refused: ${answer.trouble ?? 'without a reason'}`, {
        hint: 'Read its terminals again, then try once more.',
      })
  }

  // --- as PTP -------------------------------------------------------------------------------------------------------

  const ownTerminal = async (call: Call, id: string) => {
    const doc = await objects.get(OWN, 'terminals', plainId(us, id))
    if (doc === undefined || doc.gone || !speaksFor(call.partner, call.routing, doc.forParty))
      throw notFound(`Terminal ${id.slice(0, 40)}`)
    return doc
  }
  const putTerminal = async (wire: Wire, forParty: PartyRef, gone = false): Promise<Terminal> => {
    const object = mapper230.terminals!.fromWire(wire, { owner: us, holder: us })
    await objects.putOwn('terminals', object, { forParty, gone })
    return object
  }
  const customerOf = ({ partner, routing }: Call): PartyRef => backTo(partner, routing, 'CPO')

  const sender: Handler = async (call): Promise<Answer> => {
    const kind = kindOf(call.parts[0])
    const [, id, action] = call.parts
    if (call.method === 'GET' && id === undefined)
      return kind === 'terminals' ? deps.listTerminals(call) : deps.listAdvices(call)
    if (call.method === 'GET' && action === undefined) {
      const doc = kind === 'terminals' ? await ownTerminal(call, id!) : await objects.get(OWN, kind, plainId(us, id!))
      if (doc === undefined || doc.gone || !speaksFor(call.partner, call.routing, doc.forParty))
        throw notFound(`${call.parts.join('/').slice(0, 60)}`)
      return { data: mapper230[kind]!.toWire(doc.object as never, { owner: us, holder: us }) }
    }
    if (kind !== 'terminals' || id === undefined) throw methodNotAllowed(`${call.method} is not possible here`, ['GET'])
    if (call.method === 'POST' && id.toLowerCase() === 'activate' && action === undefined) {
      const body = meant('terminals', call.body) as Wire
      // The id is ours to give.
      const wire = call.read(terminal, { ...body, terminal_id: body.terminal_id ?? randomUUID() }) as Wire
      const known = await objects.get(OWN, 'terminals', plainId(us, String(wire.terminal_id)))
      if (known !== undefined && !speaksFor(call.partner, call.routing, known.forParty))
        throw invalid(`$.terminal_id: ${String(wire.terminal_id).slice(0, 40)} is taken`)
      await putTerminal(wire, customerOf(call))
      return { http: known === undefined ? 201 : 200 }
    }
    const doc = await ownTerminal(call, id)
    const customer = customerOf(call)
    const before = doc.object.terminal as unknown as Wire
    const touched = { last_updated: clock().toISOString() }
    if (call.method === 'POST' && action?.toLowerCase() === 'deactivate') {
      await putTerminal({ ...before, location_ids: [], evse_uids: [], ...touched }, customer, true)
      return {}
    }
    if (call.method !== 'PATCH' && call.method !== 'PUT')
      throw methodNotAllowed(`${call.method} is not possible here`, ['GET', 'PATCH', 'PUT', 'POST'])
    // The example of PUT names only what it changes: it is read as PATCH, so that no assignment is lost by omission.
    const change = call.readPatch(terminal) as Wire
    if (change.terminal_id !== undefined && String(change.terminal_id).toUpperCase() !== id.toUpperCase())
      throw new Refused(200, ocpiStatus.invalid, 'The URL and the body name different terminals')
    await putTerminal(mergeShallow(before, { ...change, terminal_id: before.terminal_id, ...touched }), customer)
    return {}
  }

  return {
    receiver,
    sender,
    /** As CPO: puts a partner's terminal at these locations and EVSEs of ours. */
    assign: (
      partnerId: string,
      terminalId: string,
      at: { location_ids?: readonly string[]; evse_uids?: readonly string[] },
    ) =>
      toPtp(partnerId, `/${encodeURIComponent(terminalId)}`, 'PATCH', { ...at, last_updated: clock().toISOString() }),
    /** As CPO: asks for a terminal that came with a station, by the reference of its maker. */
    activate: (partnerId: string, wanted: Omit<Terminal['terminal'], 'terminal_id' | 'last_updated'>) =>
      toPtp(partnerId, '/activate', 'POST', { ...wanted, last_updated: clock().toISOString() }),
    deactivate: (partnerId: string, terminalId: string) =>
      toPtp(partnerId, `/${encodeURIComponent(terminalId)}/deactivate`, 'POST'),
  }
}
