import { randomUUID } from 'node:crypto'
import {
  answer,
  type Bus,
  type Clock,
  type Party,
  type RoamingBookable,
  type RoamingBooking,
  type RoamingCapture,
  type RoamingOffer,
  type RoamingTerminal,
  type Store,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import type { ObjectDoc } from '../collections.ts'
import { Refused } from '../http/envelope.ts'
import { partyKey } from '../http/routing.ts'
import type {
  Booking,
  BookingLocation,
  BookingRequest,
  FinancialAdvice,
  Kind,
  PartyRef,
  Terminal,
} from '../model/model.ts'
import type { createBookings } from '../modules/bookings.ts'
import type { PreferencesSender } from '../modules/charging-preferences.ts'
import type { createPayments } from '../modules/payments.ts'
import { type OcpiObjects, OWN } from '../objects/objects.ts'
import { check } from '../schema/check.ts'
import { bookingLocation } from '../v230/bookings.ts'
import type { PartnerRecords } from './records.ts'

/** Most that one answer holds, the newest. */
const most = 500

/** Serves what an operator does with partners' payment terminals and with bookings, for the API. */
export const serveServices = (deps: {
  bus: Bus
  store: Store
  clock: Clock
  us: PartyRef
  records: PartnerRecords
  objects: OcpiObjects
  payments: Pick<ReturnType<typeof createPayments>, 'assign' | 'activate' | 'deactivate'>
  bookings: Pick<ReturnType<typeof createBookings>, 'request'>
  prefer: PreferencesSender
}): readonly Unsubscribe[] => {
  const { bus, store, clock, us, records, objects, payments, bookings } = deps

  const newest = async <K extends Kind>(owner: string, kind: K): Promise<readonly ObjectDoc<K>[]> => {
    const filter = { owner, kind, gone: { $exists: false } }
    const { items } = await store.find<ObjectDoc<K>>('ocpi_objects', filter, {
      sort: [['lastUpdated', -1]],
      limit: most,
    })
    return items
  }
  const mustBeOurs = (party: Party): void => {
    if (party.toUpperCase() === partyKey(us)) return
    throw new WerenodeError('not-found', `${party} does not roam by itself here`, {
      hint: `This node roams as ${partyKey(us)}.`,
    })
  }
  /** What a partner or a table refuses is a sentence for the operator. */
  const own =
    <A extends { party: Party; partnerId?: string }, R>(handler: (ask: A) => Promise<R>) =>
    async (ask: A): Promise<R> => {
      mustBeOurs(ask.party)
      if (ask.partnerId !== undefined) await records.get(ask.partnerId)
      try {
        return await handler(ask)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        throw new WerenodeError(error.http === 404 ? 'not-found' : 'conflict', error.message, {
          hint: 'Check the connection with the partner.',
        })
      }
    }

  const bookableOf = async (partnerId: string, id: string): Promise<BookingLocation> => {
    const found = (await newest(partnerId, 'bookinglocations')).find(
      ({ object }) => object.id.toUpperCase() === id.toUpperCase(),
    )
    if (found !== undefined) return found.object
    throw new WerenodeError('not-found', `The partner offers nothing to book under ${id}`, {
      hint: 'List what can be booked; pull the partner if it is new.',
    })
  }

  const bookingThere = async (partnerId: string, requestId: string): Promise<Booking> => {
    const found = (await newest(partnerId, 'bookings')).find(({ object }) => object.request_id === requestId)
    if (found !== undefined) return found.object
    throw new WerenodeError('not-found', `There is no booking ${requestId} at this partner`, {
      hint: 'List the bookings.',
    })
  }

  return [
    answer(
      bus,
      'roaming.prefer',
      own(async ({ partnerId, sessionId, profile, departureAt, energyKwh, dischargeAllowed }) => ({
        result: await deps.prefer(partnerId, sessionId, {
          profile_type: profile,
          ...(departureAt === undefined ? {} : { departure_time: whole(departureAt) }),
          ...(energyKwh === undefined ? {} : { energy_need: energyKwh }),
          ...(dischargeAllowed === undefined ? {} : { discharge_allowed: dischargeAllowed }),
        }),
      })),
    ),
    answer(
      bus,
      'roaming.terminals',
      own(async ({ partnerId }) => ({
        items: (await newest(partnerId, 'terminals')).map(({ object }) => terminalOf(object)),
        captures: (await newest(partnerId, 'financialadvices')).map(({ object }) => captureOf(object)),
      })),
    ),
    answer(
      bus,
      'roaming.assignTerminal',
      own(async ({ partnerId, terminalId, locationIds, evseUids }) => {
        await payments.assign(partnerId, terminalId, { location_ids: locationIds, evse_uids: evseUids })
        return {}
      }),
    ),
    answer(
      bus,
      'roaming.activateTerminal',
      own(async ({ partnerId, reference, locationIds, evseUids }) => {
        await payments.activate(partnerId, { ...us, reference, location_ids: locationIds, evse_uids: evseUids })
        return {}
      }),
    ),
    answer(
      bus,
      'roaming.deactivateTerminal',
      own(async ({ partnerId, terminalId }) => {
        await payments.deactivate(partnerId, terminalId)
        return {}
      }),
    ),
    answer(
      bus,
      'roaming.bookable',
      own(async ({ partnerId }) => ({
        items: [
          ...(await newest(partnerId, 'bookinglocations')).map(({ object }) => bookable(object, 'there')),
          ...(await newest(OWN, 'bookinglocations')).map(({ object }) => bookable(object, 'here')),
        ],
      })),
    ),
    answer(
      bus,
      'roaming.bookings',
      own(async ({ partnerId }) => {
        const { roles } = await records.get(partnerId)
        const theirs = new Set(roles.map(partyKey))
        return {
          items: [
            ...(await newest(partnerId, 'bookings')).map(({ object }) => bookingOf(object, 'there')),
            ...(await newest(OWN, 'bookings'))
              .filter(({ forParty }) => forParty !== undefined && theirs.has(forParty))
              .map(({ object }) => bookingOf(object, 'here')),
          ],
        }
      }),
    ),
    answer(
      bus,
      'roaming.book',
      own(async ({ partnerId, bookableId, from, to, requestId = randomUUID(), powerKw }) => {
        const place = await bookableOf(partnerId, bookableId)
        const { country_code, party_id } = place
        const wanted: BookingRequest = {
          ...us,
          request_id: requestId,
          location_id: place.location_id,
          booking_location_id: place.id,
          ...(place.booking_option === undefined ? {} : { booking_option: place.booking_option }),
          period: { start_date_time: whole(from), end_date_time: whole(to) },
          authorization_reference: requestId,
          ...(powerKw === undefined ? {} : { power_required: Math.ceil(powerKw) }),
        }
        return bookingOf(await bookings.request(partnerId, wanted, { country_code, party_id }), 'there')
      }),
    ),
    answer(
      bus,
      'roaming.cancelBooking',
      own(async ({ partnerId, requestId }) => {
        const known = await bookingThere(partnerId, requestId)
        const { booking_request: last } = known.booking_requests.at(-1)!
        const canceled = { cancellation_reason: 'UNKNOWN', who_canceled: 'EMSP' } as const
        const { country_code, party_id } = known
        return bookingOf(await bookings.request(partnerId, { ...last, canceled }, { country_code, party_id }), 'there')
      }),
    ),
    answer(
      bus,
      'roaming.offerBooking',
      own(async (offer: RoamingOffer & { party: Party }) => {
        const place = offered(offer, us, clock().toISOString())
        const [problem] = check(bookingLocation, place)
        if (problem !== undefined)
          throw new WerenodeError('invalid-input', `The offer cannot be told: ${problem.what} at ${problem.path}`)
        await objects.putOwn('bookinglocations', place)
        return bookable(place, 'here')
      }),
    ),
  ]
}

/** Times are told in the one form we write. */
const whole = (text: string): string => new Date(text).toISOString()

const offered = (offer: RoamingOffer, us: PartyRef, at: string): BookingLocation => {
  const slots = offer.slots.map(({ from, to, maxPowerW }) => ({
    start_date_time: whole(from),
    end_date_time: whole(to),
    ...(maxPowerW === undefined ? {} : { max_power: maxPowerW }),
  }))
  const times = slots.flatMap((slot) => [slot.start_date_time, slot.end_date_time]).sort()
  return {
    ...us,
    id: offer.id,
    location_id: offer.locationId,
    ...(offer.evseUid === undefined ? {} : { booking_option: { evse_uid: offer.evseUid } }),
    ...(offer.tariffIds?.length ? { tariff_ids: offer.tariffIds } : {}),
    booking_terms: {
      supported_access_methods: ['OPEN'],
      change_until_minutes: offer.changeUntilMinutes ?? 0,
      cancel_until_minutes: offer.cancelUntilMinutes ?? 0,
    },
    ...(slots.length === 0
      ? {}
      : {
          calendars: [
            {
              id: offer.id,
              begin_from: times[0]!,
              end_before: times.at(-1)!,
              available_timeslots: slots,
              last_updated: at,
            },
          ],
        }),
    last_updated: at,
  }
}

const bookable = (place: BookingLocation, where: RoamingBookable['where']): RoamingBookable => ({
  id: place.id,
  where,
  locationId: place.location_id,
  ...(place.booking_option?.evse_uid === undefined ? {} : { evseUid: place.booking_option.evse_uid }),
  tariffIds: place.tariff_ids ?? [],
  slots: (place.calendars ?? []).flatMap(({ available_timeslots }) =>
    available_timeslots.map(({ start_date_time, end_date_time, max_power }) => ({
      from: start_date_time,
      to: end_date_time,
      ...(max_power === undefined ? {} : { maxPowerW: max_power }),
    })),
  ),
})

const bookingOf = (booking: Booking, where: RoamingBooking['where']): RoamingBooking => ({
  id: booking.id,
  where,
  requestId: booking.request_id,
  locationId: booking.location_id,
  ...(booking.booking_option?.evse_uid === undefined ? {} : { evseUid: booking.booking_option.evse_uid }),
  from: booking.period.start_date_time,
  to: booking.period.end_date_time,
  status: booking.reservation_status,
  authorizationReference: booking.authorization_reference,
  lastUpdated: booking.last_updated,
})

const terminalOf = ({ terminal }: Terminal): RoamingTerminal => ({
  id: terminal.terminal_id,
  ...(terminal.reference === undefined ? {} : { reference: terminal.reference }),
  ...(terminal.address === undefined ? {} : { address: terminal.address }),
  ...(terminal.city === undefined ? {} : { city: terminal.city }),
  locationIds: terminal.location_ids ?? [],
  evseUids: terminal.evse_uids ?? [],
  lastUpdated: terminal.last_updated,
})

const captureOf = ({ advice }: FinancialAdvice): RoamingCapture => ({
  id: advice.id,
  authorizationReference: advice.authorization_reference,
  total:
    Math.round(
      (advice.total_costs.taxes ?? []).reduce((sum, { amount }) => sum + amount, advice.total_costs.before_taxes) *
        10_000,
    ) / 10_000,
  currency: advice.currency,
  status: advice.capture_status_code,
  ...(advice.capture_status_message === undefined ? {} : { words: advice.capture_status_message }),
  lastUpdated: advice.last_updated,
})
