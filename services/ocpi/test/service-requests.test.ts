import { ask, type Party } from '@werenode/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mapper230 } from '../src/v230/mapper.ts'
import { connect, eventually, startNode, type TestNode } from './node.ts'
import { cpoParty, emspParty, location } from './samples.ts'

/** What an operator asks of payment terminals and bookings, over the bus, between two nodes. */
let cpo: TestNode
let other: TestNode
let cpoAtOther: string
let otherAtCpo: string
const ours = 'FR*WRN' as Party
const theirs = 'DE*ABC' as Party
const hour = (nr: number): string => new Date(Math.ceil(Date.now() / 3_600_000 + 24 + nr) * 3_600_000).toISOString()
beforeAll(async () => {
  ;[cpo, other] = await Promise.all([startNode(cpoParty), startNode(emspParty)])
  ;({ otherAtOne: cpoAtOther, oneAtOther: otherAtCpo } = await connect(other, cpo))
  await cpo.ocpi.putOwn('locations', location())
}, 30_000)
afterAll(async () => {
  await Promise.all([cpo?.stop(), other?.stop()])
})

describe('an operator', () => {
  it('offers a plug, a partner books it, changes the booking and cancels it; both see what stands', async () => {
    const offer = { party: ours, id: 'BL-1', locationId: 'LYON-1', evseUid: 'LYON-1-1' }
    await ask(cpo.bus, 'roaming.offerBooking', { ...offer, slots: [{ from: hour(0), to: hour(8), maxPowerW: 22_000 }] })
    const at = { party: theirs, partnerId: cpoAtOther }
    const offered = await eventually(async () => {
      const { items } = await ask(other.bus, 'roaming.bookable', at)
      return items.length > 0 && items
    })
    expect(offered).toMatchObject([
      { id: 'BL-1', where: 'there', locationId: 'LYON-1', evseUid: 'LYON-1-1', slots: [{ maxPowerW: 22_000 }] },
    ])
    const wish = { ...at, bookableId: 'bl-1', requestId: 'R-1' }
    expect(await ask(other.bus, 'roaming.book', { ...wish, from: hour(1), to: hour(2), powerKw: 11 })).toMatchObject({
      status: 'RESERVED',
      where: 'there',
      requestId: 'R-1',
    })
    expect(await ask(other.bus, 'roaming.book', { ...wish, from: hour(3), to: hour(4) })).toMatchObject({
      status: 'RESERVED',
      from: hour(3),
    })
    expect(
      await ask(other.bus, 'roaming.book', { ...wish, requestId: 'R-2', from: hour(3), to: hour(4) }),
    ).toMatchObject({ status: 'REJECTED' })
    const seen = await ask(cpo.bus, 'roaming.bookings', { party: ours, partnerId: otherAtCpo })
    expect(seen.items.find(({ requestId }) => requestId === 'R-1')).toMatchObject({ where: 'here', status: 'RESERVED' })
    expect(await ask(other.bus, 'roaming.cancelBooking', { ...at, requestId: 'R-1' })).toMatchObject({
      status: 'CANCELED',
    })
    await expect(ask(other.bus, 'roaming.cancelBooking', { ...at, requestId: 'R-9' })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(
      ask(other.bus, 'roaming.book', { ...wish, bookableId: 'BL-9', from: hour(1), to: hour(2) }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  it('sees a partner\u2019s terminals, puts them at plugs, asks for one and gives it back', async () => {
    const owner = { country_code: 'DE', party_id: 'ABC' }
    const wire = { terminal_id: 'T-1', reference: 'SN-1', last_updated: '2026-11-22T08:00:00.000Z' }
    await other.ocpi.putOwn('terminals', mapper230.terminals!.fromWire(wire, { owner, holder: owner }) as never, {
      forParty: { country_code: 'FR', party_id: 'WRN' },
    })
    const at = { party: ours, partnerId: otherAtCpo }
    await eventually(async () => (await ask(cpo.bus, 'roaming.terminals', at)).items.length === 1)
    const place = { locationIds: ['LYON-1'], evseUids: [] }
    await ask(cpo.bus, 'roaming.assignTerminal', { ...at, terminalId: 'T-1', ...place })
    await cpo.ocpi.pull(otherAtCpo, 'terminals', { full: true })
    expect(await ask(cpo.bus, 'roaming.terminals', at)).toMatchObject({
      items: [{ id: 'T-1', reference: 'SN-1', locationIds: ['LYON-1'] }],
      captures: [],
    })
    await ask(cpo.bus, 'roaming.activateTerminal', { ...at, reference: 'SN-2', ...place })
    await cpo.ocpi.pull(otherAtCpo, 'terminals', { full: true })
    const made = (await ask(cpo.bus, 'roaming.terminals', at)).items.find(({ reference }) => reference === 'SN-2')!
    await ask(cpo.bus, 'roaming.deactivateTerminal', { ...at, terminalId: made.id })
    await expect(ask(cpo.bus, 'roaming.deactivateTerminal', { ...at, terminalId: 'NONE' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('acts for the party the node roams as, and no other', async () => {
    await expect(ask(cpo.bus, 'roaming.terminals', { party: theirs, partnerId: otherAtCpo })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
