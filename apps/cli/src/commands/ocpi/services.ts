import { type RoamingPreferencesAnswer, WerenodeError } from '@werenode/core'
import { houseWords } from '@werenode/design/catalogue'
import { table, visible } from '@werenode/design/terminal'
import type { Roaming } from '@werenode/sdk'
import type { Screen } from '../../terminal/screen.ts'

export interface ServiceOptions {
  readonly location: string | undefined
  readonly evse: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
  readonly power: string | undefined
  readonly energy: string | undefined
}
/** The verbs of OCPI 2.3.0's payment terminals and bookings; `need` reads the words behind the verb or says what is missing. */
export const serviceVerbs = [
  'terminals',
  'assign-terminal',
  'activate-terminal',
  'return-terminal',
  'bookable',
  'bookings',
  'book',
  'cancel',
  'offer',
  'prefer',
] as const
export type ServiceVerb = (typeof serviceVerbs)[number]

export const isServiceVerb = (verb: string): verb is ServiceVerb => (serviceVerbs as readonly string[]).includes(verb)

export const ocpiService = async (
  verb: ServiceVerb,
  given: {
    roaming: Roaming
    first: string
    second: (what: string) => string
    third: (what: string) => string
    options: ServiceOptions
  },
  screen: Screen,
): Promise<number> => {
  const { roaming, first, second, third, options } = given
  const { print } = screen
  const place = { locationIds: listOf(options.location), evseUids: listOf(options.evse) }
  switch (verb) {
    case 'terminals':
      printTerminals(await roaming.terminals(first), screen)
      return 0
    case 'assign-terminal':
      await roaming.assignTerminal(first, second('the id of a terminal'), place)
      print('The terminal serves these places now.')
      return 0
    case 'activate-terminal':
      await roaming.activateTerminal(first, { reference: second('the mark of the terminal\u2019s maker'), ...place })
      print('Asked for. It comes from its provider: see `ocpi terminals`.')
      return 0
    case 'return-terminal':
      await roaming.deactivateTerminal(first, second('the id of a terminal'))
      print('The terminal is given back.')
      return 0
    case 'bookable':
      printBookable((await roaming.bookable(first)).items, screen)
      return 0
    case 'bookings':
      printBookings((await roaming.bookings(first)).items, screen)
      return 0
    case 'book': {
      const booking = await roaming.book(first, {
        bookableId: second('what to book: an id of `ocpi bookable`'),
        ...slotOf(options),
        ...(options.power === undefined ? {} : { powerKw: numberOf(options.power) }),
      })
      printBookings([booking], screen)
      return booking.status === 'RESERVED' || booking.status === 'PENDING' ? 0 : 1
    }
    case 'cancel': {
      const booking = await roaming.cancelBooking(first, second('the request id of a booking'))
      printBookings([booking], screen)
      return booking.status === 'CANCELED' ? 0 : 1
    }
    case 'prefer': {
      const sessionId = second('the id of the partner’s session')
      const { result } = await roaming.prefer(first, sessionId, {
        profile: profileOf(third('one of CHEAP, FAST, GREEN and REGULAR')),
        ...(options.to === undefined ? {} : { departureAt: timeOf(options.to, '--to') }),
        ...(options.energy === undefined ? {} : { energyKwh: numberOf(options.energy, '--energy', 'kWh') }),
      })
      print(preferenceWords[result])
      return result === 'ACCEPTED' ? 0 : 1
    }
    case 'offer': {
      const { from, to } = slotOf(options)
      const [locationId] = place.locationIds
      if (locationId === undefined)
        throw new WerenodeError('invalid-input', 'An offer is of a location', { hint: 'Name it with --location ID.' })
      const power = options.power === undefined ? {} : { maxPowerW: numberOf(options.power) * 1_000 }
      const [evseUid] = place.evseUids
      const offer = { id: first, locationId, slots: [{ from, to, ...power }] }
      printBookable([await roaming.offer(evseUid === undefined ? offer : { ...offer, evseUid })], screen)
      return 0
    }
  }
}

const t = houseWords('en')

const listOf = (text: string | undefined): string[] => (text ?? '').split(',').filter((part) => part !== '')

const numberOf = (text: string, option = '--power', unit = 'kW'): number => {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new WerenodeError('invalid-input', `${option} ${text} is no number of ${unit}`, {
    hint: `Write it in ${unit}, like 22.`,
  })
}

const profiles = ['CHEAP', 'FAST', 'GREEN', 'REGULAR'] as const
const profileOf = (text: string): (typeof profiles)[number] => {
  const found = profiles.find((one) => one === text.toUpperCase())
  if (found !== undefined) return found
  throw new WerenodeError('invalid-input', `There is no preference "${text}"`, {
    hint: `One of ${profiles.join(', ')}.`,
  })
}
const timeOf = (text: string, option: string): string => {
  const time = new Date(text)
  if (!Number.isNaN(time.getTime())) return time.toISOString()
  throw new WerenodeError('invalid-input', `${option} ${text} is no time`, {
    hint: 'Write it like 2026-11-22T10:00:00Z.',
  })
}
const preferenceWords: Readonly<Record<RoamingPreferencesAnswer['result'], string>> = {
  ACCEPTED: 'The partner tries to charge like that.',
  DEPARTURE_REQUIRED: 'The partner needs to know the departure: say --to TIME.',
  ENERGY_NEED_REQUIRED: 'The partner needs to know the energy: say --energy KWH.',
  NOT_POSSIBLE: 'The plug cannot do that.',
  PROFILE_TYPE_NOT_SUPPORTED: 'The plug does not offer this way to charge.',
  NOT_SUPPORTED: 'The partner or its plug weighs no preferences.',
}

const slotOf = ({ from, to }: ServiceOptions): { from: string; to: string } => {
  const [start, end] = [new Date(from ?? ''), new Date(to ?? '')]
  if (!Number.isNaN(start.getTime()) && !Number.isNaN(end.getTime()))
    return { from: start.toISOString(), to: end.toISOString() }
  throw new WerenodeError('invalid-input', 'A booking has a --from and a --to', {
    hint: 'Write them like 2026-11-22T10:00:00Z.',
  })
}

const shape = ({ glyphs, live, columns, paint }: Screen) => ({ glyphs, width: live ? columns : 160, head: paint.muted })

const printTerminals = ({ items, captures }: Awaited<ReturnType<Roaming['terminals']>>, screen: Screen): void => {
  const { print } = screen
  if (items.length === 0) print('No terminals yet. They come from the partner; `ocpi pull` reads them now.')
  else
    print(
      table(
        [
          { title: 'terminal' },
          { title: 'mark' },
          { title: 'where', flexible: true },
          { title: 'locations', flexible: true },
          { title: 'EVSEs', flexible: true },
        ],
        items.map(({ id, reference, address, city, locationIds, evseUids }) =>
          [
            id,
            reference ?? '',
            [address, city].filter(Boolean).join(', '),
            locationIds.join(', '),
            evseUids.join(', '),
          ].map(visible),
        ),
        shape(screen),
      ),
    )
  if (captures.length === 0) return
  print(
    table(
      [
        { title: 'taken' },
        { title: 'charge', flexible: true },
        { title: 'sum', align: 'right' },
        { title: 'state', flexible: true },
      ],
      captures.map(({ lastUpdated, authorizationReference, total, currency, status, words }) =>
        [
          lastUpdated,
          authorizationReference,
          `${total.toFixed(2)} ${currency}`,
          [t(`capture.state.${status}`), words].filter(Boolean).join(': '),
        ].map(visible),
      ),
      shape(screen),
    ),
  )
}

const printBookable = (items: Awaited<ReturnType<Roaming['bookable']>>['items'], screen: Screen): void => {
  const rows = items.flatMap(({ id, where, locationId, evseUid, slots }) =>
    slots.map(({ from, to, maxPowerW }) =>
      [id, where, locationId, evseUid ?? 'any', from, to, maxPowerW === undefined ? '' : `${maxPowerW / 1_000} kW`].map(
        visible,
      ),
    ),
  )
  if (rows.length === 0) screen.print('Nothing can be booked.')
  else
    screen.print(
      table(
        [
          { title: 'id' },
          { title: 'where' },
          { title: 'location', flexible: true },
          { title: 'EVSE', flexible: true },
          { title: 'from' },
          { title: 'to' },
          { title: 'most', align: 'right' },
        ],
        rows,
        shape(screen),
      ),
    )
}

const printBookings = (items: Awaited<ReturnType<Roaming['bookings']>>['items'], screen: Screen): void => {
  if (items.length === 0) screen.print('No bookings yet.')
  else
    screen.print(
      table(
        [
          { title: 'request', flexible: true },
          { title: 'where' },
          { title: 'location', flexible: true },
          { title: 'EVSE', flexible: true },
          { title: 'from' },
          { title: 'to' },
          { title: 'state' },
        ],
        items.map(({ requestId, where, locationId, evseUid, from, to, status }) =>
          [requestId, where, locationId, evseUid ?? 'any', from, to, t(`booking.state.${status}`)].map(visible),
        ),
        shape(screen),
      ),
    )
}
