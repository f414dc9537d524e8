import { z } from 'zod'
import type { Contract } from './contract.ts'
import { isoTime } from './schemas/primitives.ts'
import { ofRoaming, roamingPartner } from './schemas/roaming.ts'

/** Ids of OCPI objects: printable, at most 36 letters (types, CiString). */
const id = z.string().regex(/^[\x21-\x7e]{1,36}$/)
const ids = z.array(id).max(1_000).default([])
const oneTerminal = z.strictObject({ ...roamingPartner.shape, terminalId: id })

const terminal = z
  .object({
    id,
    reference: z.exactOptional(z.string()),
    address: z.exactOptional(z.string()),
    city: z.exactOptional(z.string()),
    locationIds: z.array(z.string()),
    evseUids: z.array(z.string()),
    lastUpdated: isoTime,
  })
  .meta({ id: 'RoamingTerminal', description: 'A payment terminal of a partner, and the plugs of ours it serves.' })

const capture = z
  .object({
    id: z.string(),
    authorizationReference: z.string(),
    total: z.number().meta({ description: 'In `currency`, all taxes in.' }),
    currency: z.string(),
    status: z.enum(['SUCCESS', 'PARTIAL_SUCCESS', 'FAILED']),
    words: z.exactOptional(z.string()),
    lastUpdated: isoTime,
  })
  .meta({ id: 'RoamingCapture', description: "What was taken from a driver's bank card for one charge." })

const slot = z.strictObject({ from: isoTime, to: isoTime, maxPowerW: z.exactOptional(z.number().positive()) })
const where = z.enum(['here', 'there']).meta({ description: "At our plugs, or at the partner's." })
const bookable = z
  .object({
    id,
    where,
    locationId: z.string(),
    evseUid: z.exactOptional(z.string()),
    tariffIds: z.array(z.string()),
    slots: z.array(slot),
  })
  .meta({ id: 'RoamingBookable', description: 'What can be booked.' })
const booking = z
  .object({
    id: z.string(),
    where,
    requestId: z.string(),
    locationId: z.string(),
    evseUid: z.exactOptional(z.string()),
    from: isoTime,
    to: isoTime,
    status: z.enum(['PENDING', 'RESERVED', 'CANCELED', 'FAILED', 'NO_SHOW', 'FULFILLED', 'REJECTED', 'UNKNOWN']),
    authorizationReference: z.string(),
    lastUpdated: isoTime,
  })
  .meta({ id: 'RoamingBooking', description: 'A booking made at a partner, or by a partner here.' })

const placing = { locationIds: ids, evseUids: ids }

/** Payment terminals and bookings of partners that speak OCPI 2.3.0. */
export const roamingServiceContracts = {
  listRoamingTerminals: {
    summary: "List a partner's payment terminals, and what was taken at them",
    tag: 'roaming',
    params: roamingPartner,
    answer: {
      status: 200,
      words: 'Terminals and captures, the newest first.',
      schema: z.object({ items: z.array(terminal), captures: z.array(capture) }),
    },
    errors: ['not-found', 'no-responder'],
  },
  activateRoamingTerminal: {
    summary: 'Ask for a payment terminal that came with a station, by the mark of its maker',
    tag: 'roaming',
    params: roamingPartner,
    body: z.strictObject({ reference: id, ...placing }),
    answer: { status: 204, words: 'Asked for; it comes from its provider.' },
    errors: ['not-found', 'conflict', 'no-responder', 'timeout'],
  },
  assignRoamingTerminal: {
    summary: "Put a partner's payment terminal at locations and EVSEs",
    tag: 'roaming',
    params: oneTerminal,
    body: z.strictObject(placing),
    answer: { status: 204, words: 'Put there.' },
    errors: ['not-found', 'conflict', 'no-responder', 'timeout'],
  },
  deactivateRoamingTerminal: {
    summary: 'Give a payment terminal back',
    tag: 'roaming',
    params: oneTerminal,
    answer: { status: 204, words: 'Given back.' },
    errors: ['not-found', 'conflict', 'no-responder', 'timeout'],
  },
  listRoamingBookable: {
    summary: 'List what can be booked at a partner, and what is on offer here',
    tag: 'roaming',
    params: roamingPartner,
    answer: { status: 200, words: 'What can be booked.', schema: z.object({ items: z.array(bookable) }) },
    errors: ['not-found', 'no-responder'],
  },
  listRoamingBookings: {
    summary: 'List bookings made at a partner, and by it here',
    tag: 'roaming',
    params: roamingPartner,
    answer: { status: 200, words: 'Bookings.', schema: z.object({ items: z.array(booking) }) },
    errors: ['not-found', 'no-responder'],
  },
  bookAtRoamingPartner: {
    summary: "Book a partner's plug",
    description: 'The same `requestId` again changes the booking. The answer says whether it is RESERVED or REJECTED.',
    tag: 'roaming',
    params: roamingPartner,
    body: z.strictObject({
      bookableId: id,
      from: isoTime,
      to: isoTime,
      requestId: z.exactOptional(id),
      powerKw: z.exactOptional(z.number().positive().max(10_000)),
    }),
    answer: { status: 200, words: 'The booking.', schema: booking },
    errors: ['not-found', 'conflict', 'no-responder', 'timeout'],
  },
  cancelRoamingBooking: {
    summary: 'Cancel a booking at a partner',
    tag: 'roaming',
    params: z.strictObject({ ...roamingPartner.shape, requestId: id }),
    answer: { status: 200, words: 'The booking, CANCELED where the partner agrees.', schema: booking },
    errors: ['not-found', 'conflict', 'no-responder', 'timeout'],
  },
  preferAtRoamingPartner: {
    summary: 'Tell a partner what a driver prefers for a charge at its plug',
    description:
      "Of OCPI 2.2.1 and later. `sessionId` is the partner's. The answer is the partner's word: it may ask for a departure or for the energy needed.",
    tag: 'roaming',
    params: z.strictObject({ ...roamingPartner.shape, sessionId: id }),
    body: z.strictObject({
      profile: z.enum(['CHEAP', 'FAST', 'GREEN', 'REGULAR']),
      departureAt: z.exactOptional(isoTime),
      energyKwh: z.exactOptional(z.number().positive().max(10_000)),
      dischargeAllowed: z.exactOptional(z.boolean()),
    }),
    answer: {
      status: 200,
      words: 'What the partner said.',
      schema: z.object({
        result: z.enum([
          'ACCEPTED',
          'DEPARTURE_REQUIRED',
          'ENERGY_NEED_REQUIRED',
          'NOT_POSSIBLE',
          'PROFILE_TYPE_NOT_SUPPORTED',
          'NOT_SUPPORTED',
        ]),
      }),
    },
    errors: ['not-found', 'conflict', 'no-responder', 'timeout'],
  },
  offerRoamingBooking: {
    summary: 'Offer a plug to be booked by partners',
    description: 'The same id again replaces the offer; without slots nothing is on offer.',
    tag: 'roaming',
    params: z.strictObject({ ...ofRoaming.shape, bookableId: id }),
    body: z.strictObject({
      locationId: id,
      evseUid: z.exactOptional(id),
      tariffIds: z.array(id).max(100).default([]),
      slots: z.array(slot).max(1_000),
      changeUntilMinutes: z.int().min(0).max(100_000).default(0),
      cancelUntilMinutes: z.int().min(0).max(100_000).default(0),
    }),
    answer: { status: 200, words: 'What is on offer.', schema: bookable },
    errors: ['not-found', 'conflict', 'no-responder'],
  },
} as const satisfies Record<string, Contract>
