import { readFile } from 'node:fs/promises'
import { type Connector, type EvseId, isWerenodeError, parseEvseId, parseTariff, WerenodeError } from '@werenode/core'
import { partyNamed } from '../../demo/party.ts'

/** A plug of the book: where it is driven and what its connectors are. */
export interface BookEvse {
  readonly evseId: EvseId
  readonly stationId: string
  /** Number at the station, from 1. */
  readonly evse: number
  readonly connectors: readonly (Omit<Connector, 'tariffIds'> & { readonly tariffId: string })[]
}
export interface BookPlace {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly city: string
  readonly countryCode: string
  readonly timeZone: string
  readonly position: { readonly lon: number; readonly lat: number }
  readonly evses: readonly BookEvse[]
}
/** A smart plug over MQTT; its id is the `stationId` of its one EVSE. */
export interface BookPlug {
  readonly plugId: string
  readonly family: string
  readonly variables: Readonly<Record<string, string>>
  readonly ratedPowerW: number
}
export interface BookTariff {
  readonly id: string
  readonly [field: string]: unknown
}

/** Everything an operator node knows of its plugs: one file, written by its operator. */
export interface PlugBook {
  readonly party: string
  readonly operatorName: string
  /** OCPI 2.2.1 tariffs. */
  readonly tariffs: readonly BookTariff[]
  readonly places: readonly BookPlace[]
  readonly plugs: readonly BookPlug[]
}

/** Reads a plug book. Throws `invalid-input` naming the file and the line of thought that is wrong; nothing starts on half a book. */
export const readPlugBook = async (file: string): Promise<PlugBook> => {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw new WerenodeError('invalid-input', `The plug book ${file} cannot be read`, {
      hint: 'Name an existing JSON file with --plugs; docs/operator-node.md shows one.',
      cause,
    })
  }
  try {
    return parsePlugBook(JSON.parse(text))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new WerenodeError('invalid-input', `The plug book ${file} is not one: ${why}`, {
      hint: 'Correct the file; docs/operator-node.md shows every field.',
      cause,
    })
  }
}

export const parsePlugBook = (value: unknown): PlugBook => {
  const book = object(value, 'the book')
  const party = partyNamed(text(book.party, 'party'), undefined)
  const tariffs = list(book.tariffs, 'tariffs').map((tariff, index) => tariffOf(tariff, `tariffs[${index}]`))
  const known = new Set(tariffs.map(({ id }) => id))
  const places = list(book.places, 'places').map((place, index) => placeOf(place, `places[${index}]`, known))
  const ids = places.flatMap(({ evses }) => evses.map(({ evseId }) => evseId))
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw new Error(`${twice} is in it twice`)
  return {
    party: `${party.country_code}*${party.party_id}`,
    operatorName: text(book.operatorName, 'operatorName'),
    tariffs,
    places,
    plugs: list(book.plugs ?? [], 'plugs').map((plug, index) => plugOf(plug, `plugs[${index}]`)),
  }
}

const placeOf = (value: unknown, where: string, tariffs: ReadonlySet<string>): BookPlace => {
  const place = object(value, where)
  const position = object(place.position, `${where}.position`)
  return {
    id: text(place.id, `${where}.id`),
    name: text(place.name, `${where}.name`),
    address: text(place.address, `${where}.address`),
    city: text(place.city, `${where}.city`),
    countryCode: text(place.countryCode, `${where}.countryCode`),
    timeZone: timeZone(place.timeZone, `${where}.timeZone`),
    position: {
      lon: number(position.lon, `${where}.position.lon`, -180, 180),
      lat: number(position.lat, `${where}.position.lat`, -90, 90),
    },
    evses: list(place.evses, `${where}.evses`).map((evse, index) => evseOf(evse, `${where}.evses[${index}]`, tariffs)),
  }
}

const evseOf = (value: unknown, where: string, tariffs: ReadonlySet<string>): BookEvse => {
  const evse = object(value, where)
  return {
    evseId: parseEvseId(text(evse.evseId, `${where}.evseId`)),
    stationId: text(evse.stationId, `${where}.stationId`),
    evse: number(evse.evse, `${where}.evse`, 1, 255),
    connectors: list(evse.connectors, `${where}.connectors`).map((one, index) => {
      const at = `${where}.connectors[${index}]`
      const connector = object(one, at)
      const tariffId = text(connector.tariffId, `${at}.tariffId`)
      if (!tariffs.has(tariffId)) throw new Error(`${at} names the tariff ${tariffId}, which is not in it`)
      return {
        id: number(connector.id, `${at}.id`, 1, 255),
        standard: text(connector.standard, `${at}.standard`) as Connector['standard'],
        format: text(connector.format, `${at}.format`) as Connector['format'],
        powerType: text(connector.powerType, `${at}.powerType`) as Connector['powerType'],
        maxPowerW: number(connector.maxPowerW, `${at}.maxPowerW`, 1, 4_000_000),
        tariffId,
        ...(connector.meterCertified === true ? { meterCertified: true } : {}),
      }
    }),
  }
}

const plugOf = (value: unknown, where: string): BookPlug => {
  const plug = object(value, where)
  return {
    plugId: text(plug.plugId, `${where}.plugId`),
    family: text(plug.family, `${where}.family`),
    variables: object(plug.variables, `${where}.variables`) as Record<string, string>,
    ratedPowerW: number(plug.ratedPowerW, `${where}.ratedPowerW`, 1, 100_000),
  }
}

const tariffOf = (value: unknown, where: string): BookTariff => {
  const tariff = object(value, where)
  try {
    parseTariff(tariff)
  } catch (error) {
    throw new Error(`${where}: ${isWerenodeError(error) ? error.message : String(error)}`)
  }
  return { ...tariff, id: text(tariff.id, `${where}.id`) }
}

const object = (value: unknown, where: string): Record<string, unknown> => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new Error(`${where} is no object`)
}
const list = (value: unknown, where: string): readonly unknown[] => {
  if (Array.isArray(value)) return value
  throw new Error(`${where} is no list`)
}
const text = (value: unknown, where: string): string => {
  if (typeof value === 'string' && value.trim() !== '') return value
  throw new Error(`${where} is no text`)
}
const number = (value: unknown, where: string, least: number, most: number): number => {
  if (typeof value === 'number' && value >= least && value <= most) return value
  throw new Error(`${where} is no number from ${least} to ${most}`)
}
const timeZone = (value: unknown, where: string): string => {
  const name = text(value, where)
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
  } catch {
    throw new Error(`${where}: ${name} is no time zone`)
  }
  return name
}
