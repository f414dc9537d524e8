import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { check } from '../src/schema/check.ts'
import { mapper230 } from '../src/v230/mapper.ts'
import { connect, eventually, startNode, type TestNode } from './node.ts'
import { cpoParty, emspParty } from './samples.ts'
import { type StrangePartner, startStrangePartner } from './strange-partner.ts'

/** mod_payments of 2.3.0. Messages by hand from its tables. */
const at = '2026-11-22T08:00:00.000Z'
const terminal = {
  terminal_id: 'T-1',
  customer_reference: 'WRN',
  address: 'Place Bellecour 1',
  city: 'Lyon',
  country: 'FRA',
  coordinates: { latitude: '45.757800', longitude: '4.832200' },
  invoice_base_url: 'https://pay.example/invoices',
  invoice_creator: 'CPO' as const,
  reference: 'SN-1',
  location_ids: ['LYON-1'],
  last_updated: at,
}
const advice = {
  id: 'FAC-1',
  authorization_reference: 'REF-1',
  total_costs: { before_taxes: 4, taxes: [{ name: 'VAT', amount: 0.8 }] },
  currency: 'EUR',
  eft_data: ['CARD', '**** 1234'],
  capture_status_code: 'SUCCESS' as const,
  last_updated: at,
}

let cpo: TestNode
let ptp: TestNode
let cpoId: string
let ptpId: string
beforeAll(async () => {
  ;[cpo, ptp] = await Promise.all([startNode(cpoParty), startNode(emspParty)])
  ;({ otherAtOne: cpoId, oneAtOther: ptpId } = await connect(ptp, cpo))
}, 30_000)
afterAll(async () => {
  await Promise.all([cpo?.stop(), ptp?.stop()])
})
const owner = { country_code: emspParty.country_code, party_id: emspParty.party_id }
const customer = { country_code: cpoParty.country_code, party_id: cpoParty.party_id }
const key = (id: string) => `${owner.country_code}|${owner.party_id}|${id}`
const held = async <K extends 'terminals' | 'financialadvices'>(kind: K, id: string) =>
  (await cpo.ocpi.object(ptpId, kind, key(id)))?.object

describe('the objects of mod_payments', () => {
  it('are emitted to the letter, and held with the provider that owns them', () => {
    for (const [kind, wire] of [
      ['terminals', terminal],
      ['financialadvices', advice],
    ] as const) {
      const mapper = mapper230[kind]!
      const model = mapper.fromWire(wire, { owner, holder: customer })
      expect(model).toMatchObject({ ...owner, last_updated: at })
      expect(mapper.toWire(model as never, { owner, holder: customer })).toEqual(wire)
      expect(check(mapper.schema, wire)).toEqual([])
    }
  })
})

describe('a payment terminal', () => {
  it('comes to the CPO once its provider has it, and is put at plugs', async () => {
    const model = mapper230.terminals!.fromWire(terminal, { owner, holder: owner })
    await ptp.ocpi.putOwn('terminals', model, { forParty: customer })
    expect(await eventually(async () => held('terminals', 'T-1'))).toMatchObject({ terminal })
    await cpo.ocpi.payments.assign(ptpId, 't-1', { location_ids: ['LYON-1', 'LYON-2'], evse_uids: ['E9'] })
    await cpo.ocpi.pull(ptpId, 'terminals', { full: true })
    expect((await held('terminals', 'T-1'))?.terminal).toMatchObject({
      invoice_base_url: 'https://pay.example/invoices',
      location_ids: ['LYON-1', 'LYON-2'],
      evse_uids: ['E9'],
    })
  })

  it('that came with a station is activated by its reference, and given back', async () => {
    await cpo.ocpi.payments.activate(ptpId, { reference: 'SN-77', location_ids: ['LYON-3'] })
    const made = await eventually(async () => {
      await cpo.ocpi.pull(ptpId, 'terminals')
      const { items } = await cpo.store.find<{ _id: string; object: { id: string } }>(
        'ocpi_objects',
        { owner: ptpId, kind: 'terminals', 'object.terminal.reference': 'SN-77' },
        { limit: 1 },
      )
      return items[0]?.object.id
    })
    await cpo.ocpi.payments.deactivate(ptpId, made)
    await expect(cpo.ocpi.payments.deactivate(ptpId, made)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a financial advice confirmation', () => {
  it('comes to the CPO, and a pull finds nothing else', async () => {
    const model = mapper230.financialadvices!.fromWire(advice, { owner, holder: owner })
    await ptp.ocpi.putOwn('financialadvices', model, { forParty: customer })
    expect(await eventually(async () => held('financialadvices', 'FAC-1'))).toMatchObject({ advice })
    expect(await cpo.ocpi.pull(ptpId, 'financialadvices', { full: true })).toMatchObject({ objects: 1, changed: 0 })
  })
})

describe('an invoice reconciliation record', () => {
  const record = { ...customer, id: 'R-1', invoice_id: 'INV-1', cdrs: ['C-1'], last_updated: at }
  it('is sent by POST, changed by PUT, taken back by DELETE, and what it covers is compared', async () => {
    const at230 = async () =>
      (await ptp.ocpi.object(cpoId, 'invoicereconciliation', 'FR|WRN|R-1')) as
        | { object: typeof record; gone?: boolean }
        | undefined
    await cpo.ocpi.putOwn('invoicereconciliation', record, { forParty: owner })
    expect((await eventually(at230)).object).toEqual(record)
    const later = '2026-11-22T09:00:00.000Z'
    await cpo.ocpi.putOwn(
      'invoicereconciliation',
      { ...record, cdrs: ['C-1', 'C-2'], last_updated: later },
      { forParty: owner },
    )
    await eventually(async () => (await at230())?.object.cdrs.length === 2)
    // It covers CDRs that never came: told to people.
    const { lastTroubles } = await ptp.ocpi.partners.get(cpoId)
    expect(lastTroubles.map(({ message }) => message)).toContain('It covers CDR C-2, which was never received.')
    await cpo.ocpi.putOwn('invoicereconciliation', { ...record, last_updated: later }, { forParty: owner, gone: true })
    await eventually(async () => (await at230())?.gone === true)
  })
})

describe('a payment terminal provider of another make', () => {
  let partner: StrangePartner
  let id: string
  beforeAll(async () => {
    partner = await startStrangePartner('2.3.0')
    ;({ id } = await cpo.ocpi.partners.add({ url: partner.versionsUrl, token: 'token-A' }))
  })
  afterAll(async () => partner?.stop())
  const post = async (path: string, body: object) => {
    const response = await fetch(`${cpo.origin}/ocpi/cpo/2.3.0/payments/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Token ${Buffer.from(partner.token()).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
    return { http: response.status, answer: (await response.json()) as { status_code: number; data?: object } }
  }

  it('may send a terminal of which it says the id alone, as in the specification’s example', async () => {
    expect(await post('terminals/', { terminal_id: 'BARE' })).toMatchObject({
      http: 201,
      answer: { status_code: 1000 },
    })
    expect((await cpo.ocpi.object(id, 'terminals', 'DE|ABC|BARE'))?.object.terminal).toMatchObject({
      terminal_id: 'BARE',
    })
  })

  it('may write prices as 2.2.1 does and leave out the card data of a failed capture: told to people', async () => {
    const failed = {
      id: 'FAC-F',
      authorization_reference: 'REF-F',
      total_costs: { excl_vat: 0, incl_vat: 0 },
      currency: 'EUR',
      capture_status_code: 'FAILED',
      capture_status_message: 'Declined',
      last_updated: at,
    }
    expect((await post('financial-advice-confirmations', failed)).http).toBe(201)
    expect((await cpo.ocpi.object(id, 'financialadvices', 'DE|ABC|FAC-F'))?.object.advice.total_costs).toEqual({
      before_taxes: 0,
    })
    const { lastTroubles } = await cpo.ocpi.partners.get(id)
    expect(lastTroubles[0]!.message).toBe('Nothing was captured: Declined')
  })

  it('is told what it left out, and where there is nothing', async () => {
    expect((await post('financial-advice-confirmations', { id: 'X' })).answer.status_code).toBe(2001)
    expect((await post('nothing', {})).http).toBe(404)
  })
})
