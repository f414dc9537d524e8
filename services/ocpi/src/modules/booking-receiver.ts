import type { Call, Handler } from '../http/call.ts'
import { type Answer, invalid, notFound } from '../http/envelope.ts'
import { type BookingLocation, isBookingLocation, type Kind } from '../model/model.ts'
import { plainId } from '../objects/object-id.ts'
import type { OcpiObjects } from '../objects/objects.ts'
import type { Schema } from '../schema/schema.ts'
import * as tables from '../v230/bookings.ts'
import { calendarIn } from './bookings.ts'
import { mergeShallow } from './merge.ts'
import { ownerOf } from './receiver.ts'
import { byMethod, sameId } from './sender.ts'

type Wire = Record<string, unknown>
type Booked = Extract<Kind, 'bookinglocations' | 'bookings'>
const schemas: Readonly<Record<Booked, Schema>> = { bookinglocations: tables.bookingLocation, bookings: tables.booking }

interface Place {
  readonly kind: Booked
  readonly call: Call
  readonly id: string
  readonly calendarId?: string
}

/**
 * mod_bookings, Receiver interface (eMSP): the CPO pushes what can be booked and what became of bookings. The path has the party first;
 * the specification's own examples put `bookinglocations` first, which is taken as well.
 */
export const bookingReceiver = ({ objects }: { objects: OcpiObjects }): Handler => {
  const placeIn = (call: Call): Place => {
    const word = (part: string | undefined): boolean => /^booking_?locations$/i.test(part ?? '')
    const [country, party, ...rest] = word(call.parts[0]) ? call.parts.slice(1) : call.parts
    const atLocation = word(call.parts[0]) || word(rest[0])
    const [id, calendarId, more] = word(rest[0]) ? rest.slice(1) : rest
    if (country === undefined || party === undefined || id === undefined || more !== undefined)
      throw notFound(`An object at bookings/${call.parts.join('/').slice(0, 80)}`)
    if (!atLocation && calendarId !== undefined) throw notFound(`A part of booking ${id.slice(0, 40)}`)
    return {
      kind: atLocation ? 'bookinglocations' : 'bookings',
      call: { ...call, parts: [country, party, id] },
      id,
      ...(calendarId === undefined ? {} : { calendarId }),
    }
  }
  const held = async ({ kind, call, id }: Place) => {
    const doc = await objects.get(call.partner._id, kind, plainId(ownerOf(call), id))
    if (doc === undefined || doc.gone) throw notFound(`${kind} ${id.slice(0, 40)}`)
    return doc.object
  }
  const keep = async ({ kind, call }: Place, wire: unknown): Promise<Answer> => {
    const object = call.read(schemas[kind], wire) as never
    const outcome = await objects.putTheirs(call.partner._id, kind, object)
    return { http: outcome === 'new' ? 201 : 200 }
  }
  /** A calendar that is put or changed makes its booking location as new as itself (mod_bookings, PATCH). */
  const withCalendar = (location: BookingLocation, calendar: Wire): Wire => ({
    ...location,
    calendars: [...(location.calendars ?? []).filter(({ id }) => !sameId(id, String(calendar.id))), calendar],
    last_updated: calendar.last_updated,
  })
  const locationOf = async (place: Place): Promise<BookingLocation> => {
    const object = await held(place)
    if (isBookingLocation(object)) return object
    throw notFound(`The booking location ${place.id.slice(0, 40)}`)
  }
  const named = (id: string, ...said: readonly unknown[]): void => {
    if (!said.some((one) => typeof one === 'string' && sameId(one, id)))
      throw invalid(`The URL says ${id.slice(0, 60)}, the body ${String(said[0]).slice(0, 60)}`)
  }

  return byMethod({
    GET: async (call) => {
      const place = placeIn(call)
      if (place.calendarId !== undefined) return { data: calendarIn(await locationOf(place), place.calendarId) }
      return { data: await held(place) }
    },
    PUT: async (call) => {
      const place = placeIn(call)
      if (place.calendarId !== undefined) {
        const calendar = call.read(tables.calendar) as Wire
        named(place.calendarId, calendar.id)
        return keep(place, withCalendar(await locationOf(place), calendar))
      }
      const wire = call.read(schemas[place.kind]) as Wire
      // The text names the booking's id in one place and its request's in another.
      named(place.id, wire.id, ...(place.kind === 'bookings' ? [wire.request_id] : []))
      const owner = ownerOf(place.call)
      named(owner.party_id, wire.party_id)
      return keep(place, wire)
    },
    PATCH: async (call) => {
      const place = placeIn(call)
      const schema = place.calendarId === undefined ? schemas[place.kind] : tables.calendar
      const change = call.readPatch(schema) as Wire
      if (typeof change.last_updated !== 'string') throw invalid('$.last_updated: it is required in a PATCH')
      if (place.calendarId === undefined)
        return keep(place, mergeShallow((await held(place)) as unknown as Wire, change))
      const location = await locationOf(place)
      const calendar = mergeShallow(calendarIn(location, place.calendarId) as unknown as Wire, change)
      return keep(place, withCalendar(location, calendar))
    },
  })
}
