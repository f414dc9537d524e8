import { randomUUID } from 'node:crypto'
import type { Clock, Store } from '@werenode/core'
import type { Logger } from 'pino'
import type { ObjectDoc, Partner } from '../collections.ts'
import type { Call, Handler } from '../http/call.ts'
import { type Answer, invalid, notFound, ocpiStatus, Refused } from '../http/envelope.ts'
import type { PeerAnswer } from '../http/peer.ts'
import { partyKey } from '../http/routing.ts'
import type { Booking, BookingLocation, BookingRequest, PartyRef } from '../model/model.ts'
import { docId, plainId } from '../objects/object-id.ts'
import { type OcpiObjects, OWN } from '../objects/objects.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import { partyIn } from '../partners/hub.ts'
import { accept } from '../schema/accept.ts'
import { check } from '../schema/check.ts'
import * as tables from '../v230/bookings.ts'
import { placeOf } from '../versions/versions.ts'
import { decideBooking } from './decide-booking.ts'
import { ownerOf } from './receiver.ts'
import { sameId } from './sender.ts'

const lookEveryMs = 30_000
const usualTerms: Booking['booking_terms'] = {
  supported_access_methods: ['OPEN'],
  change_until_minutes: 0,
  cancel_until_minutes: 0,
}

export interface BookingDeps {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  readonly us: PartyRef
  readonly objects: OcpiObjects
  readonly records: { get(id: string): Promise<Partner> }
  readonly call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
  /** The list of our booking locations, of our bookings. */
  readonly listLocations: Handler
  readonly listBookings: Handler
}

/**
 * mod_bookings of 2.3.0, Sender interface (CPO): shows what can be booked, answers booking requests at once, and looks after what was
 * booked: FULFILLED when a session with its authorization reference begins, NO_SHOW when none does in time.
 */
export const createBookings = (deps: BookingDeps) => {
  const { store, clock, log, us, objects } = deps
  let timer: NodeJS.Timeout | undefined
  /** One request at a time, so that a slot is given once. */
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work)
    turn = mine.catch(() => undefined)
    return mine
  }

  const own = async (filter: Readonly<Record<string, string>>): Promise<readonly ObjectDoc<'bookings'>[]> => {
    const all: ObjectDoc<'bookings'>[] = []
    let after: string | undefined
    do {
      const page = await store.find<ObjectDoc<'bookings'>>(
        'ocpi_objects',
        { owner: OWN, kind: 'bookings', ...filter },
        { limit: 1_000, ...(after === undefined ? {} : { after }) },
      )
      all.push(...page.items)
      after = page.next
    } while (after !== undefined)
    return all
  }

  /** mod_bookings, POST: a new request, a change or a cancellation; the same again answers the same. */
  const post = async (call: Call): Promise<Answer> => {
    const request = call.read(tables.bookingRequest) as BookingRequest
    const asker = ownerOf({ ...call, parts: [request.country_code, request.party_id] })
    const key = docId(OWN, 'bookinglocations', plainId(us, request.booking_location_id))
    const place = await store.get<ObjectDoc<'bookinglocations'>>('ocpi_objects', key)
    if (place === undefined || place.gone || !sameId(place.object.location_id, request.location_id))
      throw new Refused(
        404,
        ocpiStatus.unknownLocation,
        `Nothing can be booked at ${request.booking_location_id.slice(0, 60)}`,
      )
    return { data: await inTurn(() => book(asker, request, place.object)) }
  }

  const book = async (asker: PartyRef, request: BookingRequest, place: BookingLocation): Promise<Booking> => {
    const forParty = partyKey(asker)
    const there = await own({ lookup: plainId(us, place.id) })
    const mine = there.find((doc) => doc.forParty === forParty && sameId(doc.object.request_id, request.request_id))
    const known = mine?.object
    if (known?.booking_requests.some((one) => JSON.stringify(one.booking_request) === JSON.stringify(request)))
      return known
    const now = clock()
    const { request: status, ...verdict } = decideBooking({
      request,
      place,
      ...(known ? { known } : {}),
      others: there.filter((doc) => doc !== mine).map(({ object }) => object),
      now,
    })
    if (verdict.why !== undefined) log.info({ request: request.request_id, why: verdict.why }, 'A booking was declined')
    const changed = status === 'ACCEPTED' && request.canceled === undefined
    const booking: Booking = {
      id: known?.id ?? randomUUID(),
      ...us,
      request_id: known?.request_id ?? request.request_id,
      location_id: place.location_id,
      ...optionOf(changed || known === undefined ? request : known, place),
      ...((changed ? request.tokens : known?.booking_tokens)
        ? { booking_tokens: changed ? request.tokens! : known!.booking_tokens! }
        : {}),
      ...(place.tariff_ids ? { tariff_ids: place.tariff_ids } : {}),
      period: verdict.slot ?? known?.period ?? request.period,
      reservation_status: verdict.status,
      ...(verdict.status === 'CANCELED' && request.canceled ? { canceled: request.canceled } : {}),
      authorization_reference: known?.authorization_reference ?? request.authorization_reference,
      booking_terms: known?.booking_terms ?? place.booking_terms ?? usualTerms,
      booking_requests: [
        ...(known?.booking_requests ?? []),
        { request_status: status, booking_request: request, request_received: now.toISOString() },
      ],
      last_updated: now.toISOString(),
    }
    const [problem] = check(tables.booking, booking)
    if (problem !== undefined) throw invalid(`${problem.path}: ${problem.what}`)
    await objects.putOwn('bookings', booking, { forParty: asker })
    return booking
  }

  const sender: Handler = async (call) => {
    const [first, id, calendarId] = call.parts
    if (call.method === 'POST' && first === undefined) return post(call)
    if (call.method !== 'GET')
      throw new Refused(405, ocpiStatus.clientError, `${call.method} is not possible here`, { allow: 'GET, POST' })
    if (first === undefined) return deps.listBookings(call)
    if (first.toLowerCase() !== 'booking_locations') throw notFound(`The path bookings/${first.slice(0, 40)}`)
    if (id === undefined) return deps.listLocations(call)
    const doc = await objects.get(OWN, 'bookinglocations', plainId(us, id))
    if (doc === undefined || doc.gone) throw notFound(`The booking location ${id.slice(0, 40)}`)
    return { data: calendarId === undefined ? doc.object : calendarIn(doc.object, calendarId) }
  }

  /** Bookings whose time has come: used, or not. */
  const lookAfter = async (): Promise<void> => {
    const now = clock()
    for (const doc of await own({ 'object.reservation_status': 'RESERVED' })) {
      const booking = doc.object
      if (booking.period.start_date_time > now.toISOString() || doc.forParty === undefined) continue
      const used = await store.find<ObjectDoc<'sessions'>>(
        'ocpi_objects',
        { owner: OWN, kind: 'sessions', 'object.authorization_reference': booking.authorization_reference },
        { limit: 1 },
      )
      const { noshow_timeout: patience } = booking.booking_terms
      const lateMinutes = -minutesTo(booking.period.start_date_time, now)
      const over = booking.period.end_date_time <= now.toISOString()
      const status =
        used.items.length > 0
          ? 'FULFILLED'
          : over || (patience !== undefined && lateMinutes > patience)
            ? 'NO_SHOW'
            : undefined
      if (status === undefined) continue
      const [country_code, party_id] = doc.forParty.split('*') as [string, string]
      await objects.putOwn(
        'bookings',
        { ...booking, reservation_status: status, last_updated: now.toISOString() },
        { forParty: { country_code, party_id } },
      )
    }
  }

  /** As eMSP: asks a partner for a booking, a change of it, or its end (`canceled`). Its answer is kept; what becomes of it comes by push. `owner`: the plug's party, behind a hub. */
  const request = async (partnerId: string, wanted: BookingRequest, owner?: PartyRef): Promise<Booking> => {
    const [problem] = check(tables.bookingRequest, wanted)
    if (problem !== undefined) throw invalid(`${problem.path}: ${problem.what}`)
    const partner = await deps.records.get(partnerId)
    const url = placeOf(partner, 'bookings', 'SENDER')
    if (url === undefined) throw notFound(`The module bookings of ${partner.name}`)
    const to = owner ?? partyIn(partner, 'CPO')
    const answer = await deps.call(partnerId, { method: 'POST', url, body: wanted, routing: { from: us, to } })
    const read = accept(tables.booking, answer.data)
    if (!answer.ok || !read.ok)
      throw new Refused(
        502,
        ocpiStatus.clientError,
        answer.trouble ?? `Its booking cannot be read: ${read.ok ? '' : read.path}`,
      )
    await objects.putTheirs(partnerId, 'bookings', read.value)
    return read.value
  }

  return {
    sender,
    request,
    lookAfter,
    start: (): void => {
      timer = setInterval(() => {
        void inTurn(lookAfter).catch((error: unknown) =>
          log.error({ err: error }, 'Bookings could not be looked after'),
        )
      }, lookEveryMs)
      timer.unref()
    },
    stop: async (): Promise<void> => {
      clearInterval(timer)
      await turn
    },
  }
}

const minutesTo = (iso: string, now: Date): number => (Date.parse(iso) - now.getTime()) / 60_000

const optionOf = (
  { booking_option: wanted }: Pick<BookingRequest, 'booking_option'>,
  place: BookingLocation,
): Pick<Booking, 'booking_option'> => {
  const option = wanted ?? place.booking_option
  return option === undefined ? {} : { booking_option: option }
}

export const calendarIn = (place: BookingLocation, id: string) => {
  const found = place.calendars?.find((calendar) => sameId(calendar.id, id))
  if (found === undefined) throw notFound(`Calendar ${id.slice(0, 40)} of booking location ${place.id}`)
  return found
}
