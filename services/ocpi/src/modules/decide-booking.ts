import type { Booking, BookingLocation, BookingRequest } from '../model/model.ts'

export interface BookingVerdict {
  readonly request: 'ACCEPTED' | 'DECLINED'
  readonly status: Booking['reservation_status']
  /** The slot it lies in: its power goes into the booking. */
  readonly slot?: Booking['period']
  /** Why it was declined, in a sentence. */
  readonly why?: string
}

/** Reserved, or about to be. */
const stands = ({ reservation_status: status }: Booking): boolean => status === 'RESERVED' || status === 'PENDING'
const minutesUntil = (iso: string, now: Date): number => (Date.parse(iso) - now.getTime()) / 60_000

/**
 * As CPO: may this be booked, changed or cancelled? By the booking location's calendars and terms, and what else is booked there
 * (mod_bookings, "Flow and Lifecycle"). `known`: the booking under the same request id; `others`: all else at this booking location.
 */
export const decideBooking = (given: {
  readonly request: BookingRequest
  readonly place: BookingLocation
  readonly known?: Booking
  readonly others: readonly Booking[]
  readonly now: Date
}): BookingVerdict => {
  const { request, place, known, others, now } = given
  const terms = known?.booking_terms ?? place.booking_terms
  /** What is refused leaves a booking that stands as it is. */
  const decline = (why: string): BookingVerdict => ({
    request: 'DECLINED',
    status: known === undefined ? 'REJECTED' : known.reservation_status,
    why,
  })
  if (known !== undefined && !stands(known))
    return decline(`The booking is ${known.reservation_status}: that is final.`)
  if (request.canceled !== undefined) {
    if (known === undefined) return decline('There is no such booking to cancel.')
    if (minutesUntil(known.period.start_date_time, now) < (terms?.cancel_until_minutes ?? 0))
      return decline(`It could be cancelled until ${terms?.cancel_until_minutes ?? 0} minutes before it begins.`)
    return { request: 'ACCEPTED', status: 'CANCELED' }
  }
  const { start_date_time: start, end_date_time: end } = request.period
  const minutes = (Date.parse(end) - Date.parse(start)) / 60_000
  if (minutes <= 0) return decline('The period ends before it begins.')
  if (minutesUntil(start, now) < 0) return decline('The period begins in the past.')
  if (known !== undefined && terms?.change_not_allowed) return decline('Bookings here cannot be changed.')
  if (known !== undefined && minutesUntil(known.period.start_date_time, now) < (terms?.change_until_minutes ?? 0))
    return decline(`It could be changed until ${terms?.change_until_minutes} minutes before it begins.`)
  if (terms?.min_booking_duration !== undefined && minutes < terms.min_booking_duration)
    return decline(`At least ${terms.min_booking_duration} minutes are booked here.`)
  if (terms?.max_booking_duration !== undefined && minutes > terms.max_booking_duration)
    return decline(`At most ${terms.max_booking_duration} minutes are booked here.`)

  const slot = (place.calendars ?? [])
    .flatMap((calendar) => calendar.available_timeslots)
    .find((one) => one.start_date_time <= start && end <= one.end_date_time)
  if (slot === undefined) return decline('That time is not on offer.')
  const wantedW = (request.power_required ?? 0) * 1000
  if (slot.max_power !== undefined && wantedW > slot.max_power)
    return decline(`At most ${slot.max_power} W can be had at that time.`)
  const clash = others.find(
    (one) =>
      stands(one) &&
      one.period.start_date_time < end &&
      start < one.period.end_date_time &&
      sameEvse(one.booking_option?.evse_uid, request.booking_option?.evse_uid ?? place.booking_option?.evse_uid),
  )
  if (clash !== undefined) return decline('It is booked at that time.')
  return { request: 'ACCEPTED', status: 'RESERVED', slot: { ...slot, start_date_time: start, end_date_time: end } }
}

/** Two bookings are at different EVSEs only when both name one. */
const sameEvse = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a.toUpperCase() === b.toUpperCase()
