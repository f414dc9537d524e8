import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Booking, BookingLocation, BookingRequest } from '../src/model/model.ts'
import { decideBooking } from '../src/modules/decide-booking.ts'
import { check } from '../src/schema/check.ts'
import * as tables from '../src/v230/bookings.ts'
import { connect, eventually, startNode, type TestNode } from './node.ts'
import { cpoParty, emspParty, location } from './samples.ts'

/** mod_bookings of 2.3.0. Messages by hand from its tables. */
const at = '2026-11-22T08:00:00.000Z'
let now = new Date('2026-11-22T08:30:00.000Z')
const us = { country_code: cpoParty.country_code, party_id: cpoParty.party_id }
const them = { country_code: emspParty.country_code, party_id: emspParty.party_id }
const place: BookingLocation = {
  ...us,
  id: 'BL-1',
  location_id: 'LYON-1',
  booking_option: { evse_uid: 'LYON-1-1', vehicle_types: ['TRUCK_WITH_TRAILER'], drive_through: true },
  policy: { reservation_required: false, ad_hoc: 2 },
  tariff_ids: ['PLAIN'],
  booking_terms: {
    supported_access_methods: ['TOKEN', 'LICENSE_PLATE'],
    change_until_minutes: 60,
    cancel_until_minutes: 30,
    noshow_timeout: 15,
    min_booking_duration: 15,
    max_booking_duration: 120,
  },
  calendars: [
    {
      id: 'CAL-1',
      begin_from: '2026-11-22T00:00:00.000Z',
      end_before: '2026-11-23T00:00:00.000Z',
      timeslot_increment: 15,
      available_timeslots: [
        {
          start_date_time: '2026-11-22T09:00:00.000Z',
          end_date_time: '2026-11-22T18:00:00.000Z',
          min_power: 11_000,
          max_power: 150_000,
          green_energy_support: true,
        },
      ],
      last_updated: at,
    },
  ],
  last_updated: at,
}
const wanted = (id: string, from: string, to: string, more: Partial<BookingRequest> = {}): BookingRequest => ({
  ...them,
  request_id: id,
  location_id: 'LYON-1',
  booking_location_id: 'BL-1',
  tokens: [{ ...them, uid: '04E2', type: 'RFID', contract_id: 'DE-ABC-C1' }],
  period: { start_date_time: `2026-11-22T${from}:00.000Z`, end_date_time: `2026-11-22T${to}:00.000Z` },
  authorization_reference: `REF-${id}`,
  ...more,
})

describe('the tables of mod_bookings', () => {
  it('take what they describe, and nothing else', () => {
    expect(check(tables.bookingLocation, place)).toEqual([])
    expect(check(tables.bookingRequest, wanted('R', '10:00', '11:00', { power_required: 100 }))).toEqual([])
    expect(
      check(tables.bookingLocation, { ...place, calendars: [{ ...place.calendars![0]!, available_timeslots: [] }] }),
    ).not.toEqual([])
  })
})

describe('a booking request', () => {
  const decide = (request: BookingRequest, others: Booking[] = [], known?: Booking) =>
    decideBooking({ request, place, others, now: new Date('2026-11-22T08:30:00.000Z'), ...(known ? { known } : {}) })
  const standing = (id: string, from: string, to: string): Booking => ({
    id,
    ...us,
    request_id: id,
    location_id: 'LYON-1',
    period: wanted(id, from, to).period,
    reservation_status: 'RESERVED',
    authorization_reference: `REF-${id}`,
    booking_terms: place.booking_terms!,
    booking_requests: [],
    last_updated: at,
  })

  it('is accepted inside a slot on offer, with the slot’s power', () => {
    expect(decide(wanted('R', '10:00', '11:00'))).toMatchObject({ status: 'RESERVED', slot: { max_power: 150_000 } })
  })
  it.each([
    ['outside what is on offer', wanted('R', '17:30', '18:30'), [], /not on offer/],
    ['in the past', wanted('R', '08:00', '09:00'), [], /in the past/],
    ['backwards', wanted('R', '11:00', '10:00'), [], /before it begins/],
    ['for too short a time', wanted('R', '10:00', '10:10'), [], /At least 15 minutes/],
    ['for too long', wanted('R', '10:00', '13:00'), [], /At most 120 minutes/],
    ['with more power than there is', wanted('R', '10:00', '11:00', { power_required: 200 }), [], /At most 150000 W/],
    ['where it is booked', wanted('R', '10:00', '11:00'), [standing('O', '10:30', '11:30')], /is booked/],
  ])('%s is rejected, with the reason', (_words, request, others, why) => {
    expect(decide(request, others as Booking[])).toMatchObject({
      request: 'DECLINED',
      status: 'REJECTED',
      why: expect.stringMatching(why),
    })
  })
  it('right after another is accepted', () => {
    expect(decide(wanted('R', '10:00', '11:00'), [standing('O', '11:00', '12:00')]).status).toBe('RESERVED')
  })
  it('to change or cancel comes in time, or leaves the booking as it is', () => {
    const soon = standing('R', '09:10', '10:00')
    expect(decide(wanted('R', '10:00', '11:00'), [], soon)).toMatchObject({ request: 'DECLINED', status: 'RESERVED' })
    const cancel = { canceled: { cancellation_reason: 'TRAFFIC', who_canceled: 'EMSP' } } as const
    expect(decide(wanted('R', '09:10', '10:00', cancel), [], soon)).toMatchObject({ status: 'CANCELED' })
    const sooner = standing('R', '08:45', '10:00')
    expect(decide(wanted('R', '08:45', '10:00', cancel), [], sooner)).toMatchObject({
      request: 'DECLINED',
      status: 'RESERVED',
    })
    expect(decide(wanted('R', '10:00', '11:00'), [], { ...soon, reservation_status: 'FULFILLED' }).why).toMatch(/final/)
  })
})

describe('two nodes that book', () => {
  let cpo: TestNode
  let emsp: TestNode
  let cpoId: string
  beforeAll(async () => {
    const clock = () => now
    ;[cpo, emsp] = await Promise.all([startNode(cpoParty, { clock }), startNode(emspParty, { clock })])
    ;({ otherAtOne: cpoId } = await connect(emsp, cpo))
    await cpo.ocpi.putOwn('locations', location())
    await cpo.ocpi.putOwn('bookinglocations', place)
  }, 30_000)
  afterAll(async () => {
    await Promise.all([cpo?.stop(), emsp?.stop()])
  })
  const known = async (id: string) => (await emsp.ocpi.object(cpoId, 'bookings', `FR|WRN|${id}`.toUpperCase()))?.object

  it('share what can be booked, by push and by pull, and its calendars', async () => {
    expect((await eventually(() => emsp.ocpi.object(cpoId, 'bookinglocations', 'FR|WRN|BL-1'))).object).toEqual(place)
    expect(await emsp.ocpi.pull(cpoId, 'bookinglocations', { full: true })).toMatchObject({
      objects: 1,
      bad: 0,
      changed: 0,
    })
  })

  it('book a slot once, whoever comes second is rejected', async () => {
    const request = wanted('ONE', '10:00', '11:00')
    const [first, second] = await Promise.all([
      emsp.ocpi.bookings.request(cpoId, request),
      emsp.ocpi.bookings.request(cpoId, wanted('TWO', '10:30', '11:30')),
    ])
    expect([first, second].map((one) => one.reservation_status).sort()).toEqual(['REJECTED', 'RESERVED'])
    const mine = first.reservation_status === 'RESERVED' ? first : second
    expect(check(tables.booking, mine)).toEqual([])
    expect(mine).toMatchObject({
      ...us,
      location_id: 'LYON-1',
      tariff_ids: ['PLAIN'],
      booking_terms: place.booking_terms,
    })
    const again = await emsp.ocpi.bookings.request(cpoId, mine.booking_requests[0]!.booking_request)
    expect(again).toEqual(mine)
  })

  it('change a booking under its request id, and cancel it', async () => {
    const booked = await emsp.ocpi.bookings.request(cpoId, wanted('MOVE', '12:00', '13:00'))
    const moved = await emsp.ocpi.bookings.request(cpoId, wanted('MOVE', '13:00', '14:00'))
    expect(moved).toMatchObject({
      id: booked.id,
      reservation_status: 'RESERVED',
      period: { start_date_time: '2026-11-22T13:00:00.000Z' },
    })
    expect(moved.booking_requests.map((one) => one.request_status)).toEqual(['ACCEPTED', 'ACCEPTED'])
    const canceled = { cancellation_reason: 'BROKEN_VEHICLE', who_canceled: 'EMSP' } as const
    const gone = await emsp.ocpi.bookings.request(cpoId, wanted('MOVE', '13:00', '14:00', { canceled }))
    expect(gone).toMatchObject({ id: booked.id, reservation_status: 'CANCELED', canceled })
    // Its slot is free again.
    expect((await emsp.ocpi.bookings.request(cpoId, wanted('NEXT', '13:00', '14:00'))).reservation_status).toBe(
      'RESERVED',
    )
  })

  it('hear that a booking was used, and that nobody came', async () => {
    const used = await emsp.ocpi.bookings.request(cpoId, wanted('USED', '15:00', '16:00'))
    const missed = await emsp.ocpi.bookings.request(cpoId, wanted('MISSED', '16:00', '17:00'))
    now = new Date('2026-11-22T15:05:00.000Z')
    await cpo.ocpi.putOwn(
      'sessions',
      {
        ...us,
        id: 'S-1',
        start_date_time: now.toISOString(),
        kwh: 0,
        cdr_token: { ...them, uid: '04E2', type: 'RFID', contract_id: 'DE-ABC-C1' },
        auth_method: 'COMMAND',
        authorization_reference: 'REF-USED',
        location_id: 'LYON-1',
        evse_uid: 'LYON-1-1',
        connector_id: '1',
        currency: 'EUR',
        status: 'ACTIVE',
        last_updated: now.toISOString(),
      },
      { forParty: them },
    )
    now = new Date('2026-11-22T16:20:00.000Z')
    await cpo.ocpi.bookings.lookAfter()
    await eventually(async () => (await known(used.id))?.reservation_status === 'FULFILLED')
    await eventually(async () => (await known(missed.id))?.reservation_status === 'NO_SHOW')
  })

  it('refuse what is not there', async () => {
    await expect(
      emsp.ocpi.bookings.request(cpoId, wanted('X', '10:00', '11:00', { booking_location_id: 'NOWHERE' })),
    ).rejects.toThrow(/2003/)
  })
})
