import { type Connector, type EvseId, evseKey, type Party, parseEvseId, partyOf } from '@werenode/core'
import { connectorsOf } from './connectors.ts'
import type { CsvRow } from './csv.ts'
import type { Findings } from './finding.ts'
import { type Position, readPosition } from './position.ts'

/** A charge point (pdc) of the IRVE static schema, as far as we use it. */
export interface IrvePoint {
  readonly line: number
  readonly evseId: EvseId
  readonly party: Party
  /** What its station's points share. */
  readonly stationKey: string
  readonly stationName: string
  readonly operatorName: string
  readonly addressText: string
  readonly communeCode: string
  readonly position: Position
  readonly declaredPoints: number | undefined
  readonly connectors: readonly Connector[]
  readonly openingHours: string
  readonly access: string
  readonly paymentWords: readonly string[]
  readonly tariffWords: string
  /** Undefined: not known. */
  readonly accessible: boolean | undefined
  /** ISO date of the last change, or of the import when there is none. */
  readonly updatedOn: string
}

export const requiredColumns = ['id_pdc_itinerance', 'coordonneesxy'] as const

/** Reads one row; undefined (with a finding) when no point can be made of it. Everything but id and position may be missing. */
export const readPoint = ({ line, cells }: CsvRow, findings: Findings): IrvePoint | undefined => {
  const cell = (name: string): string => cells[name] ?? ''
  const id = cell('id_pdc_itinerance')
  const note = (
    what: Parameters<Findings['add']>[0]['what'],
    fate: 'skipped' | 'mended' | 'noted',
    words: string,
  ): void => findings.add({ line, id, what, fate, words })

  const evseId = readEvseId(id)
  if (!evseId) {
    note('evse-id', 'skipped', `"${id}" is not an EVSE id`)
    return undefined
  }
  const place = readPosition(cell('coordonneesxy'))
  if (!place) {
    note('position', 'skipped', `"${cell('coordonneesxy')}" is not a position`)
    return undefined
  }
  if (place.swapped) note('position-swapped', 'mended', `"${cell('coordonneesxy')}" has latitude before longitude`)

  const powerW = readPowerW(cell('puissance_nominale'))
  if (powerW.words) note('power', powerW.value === 0 ? 'noted' : 'mended', powerW.words)
  const is = (name: string): boolean => /^(true|1|oui|vrai)$/i.test(cell(name))
  const plugs = {
    powerW: powerW.value,
    domestic: is('prise_type_ef'),
    type2: is('prise_type_2'),
    ccs: is('prise_type_combo_ccs'),
    chademo: is('prise_type_chademo'),
    other: is('prise_type_autre'),
    type2Cable: is('cable_t2_attache'),
  }
  if (!(plugs.domestic || plugs.type2 || plugs.ccs || plugs.chademo || plugs.other))
    note('connector', 'mended', 'no connector is named; shown as unknown')

  const stationId = cell('id_station_itinerance')
  const stationKey = stationKeyOf(stationId) ?? `at-${place.position.lon}-${place.position.lat}-${partyOf(evseId)}`
  if (!stationKeyOf(stationId)) note('station-id', 'mended', `"${stationId}" is not a station id; grouped by position`)

  return {
    line,
    evseId,
    party: partyOf(evseId),
    stationKey,
    stationName: cell('nom_station') || cell('nom_enseigne'),
    operatorName: cell('nom_operateur') || cell('nom_enseigne') || cell('nom_amenageur'),
    addressText: cell('adresse_station'),
    communeCode: cell('code_insee_commune'),
    position: place.position,
    declaredPoints: /^\d{1,5}$/.test(cell('nbre_pdc')) ? Number(cell('nbre_pdc')) : undefined,
    connectors: connectorsOf(plugs),
    openingHours: cell('horaires'),
    access: cell('condition_acces'),
    paymentWords: [
      ...(is('gratuit') ? ['free'] : []),
      ...(is('paiement_acte') ? ['ad-hoc'] : []),
      ...(is('paiement_cb') ? ['card'] : []),
      ...(is('paiement_autre') ? ['other'] : []),
    ],
    tariffWords: /^(inconnu|non concern)/i.test(cell('tarification')) ? '' : cell('tarification').slice(0, 300),
    accessible: accessibleWords[cell('accessibilite_pmr').toLowerCase()],
    updatedOn: readDate(cell('date_maj'), (words) => note('date', 'noted', words)),
  }
}

/** Words of the schema for `accessibilite_pmr`. */
const accessibleWords: Readonly<Record<string, boolean>> = {
  'réservé pmr': true,
  'accessible mais non réservé pmr': true,
  'non accessible': false,
}

const readEvseId = (text: string): EvseId | undefined => {
  try {
    return parseEvseId(text)
  } catch {
    // No EVSE id: the row's report says so.
    return undefined
  }
}

/** eMI3: `FR`, party, `P`, then letters and digits. */
const stationKeyOf = (text: string): string | undefined => {
  const key = evseKey(text)
  return /^[A-Z]{2}[A-Z0-9]{3}P[A-Z0-9]{1,30}$/.test(key) ? key : undefined
}

/** kW by the schema; some write W. */
const readPowerW = (text: string): { value: number; words?: string } => {
  const kilowatts = Number(text.replace(',', '.').replace(/ *kw$/i, ''))
  if (text === '' || !Number.isFinite(kilowatts) || kilowatts <= 0)
    return { value: 0, words: `"${text}" is not a power` }
  if (kilowatts > 1_000) {
    if (kilowatts > 1_000_000) return { value: 0, words: `"${text}" kW is not a power` }
    return { value: Math.round(kilowatts), words: `"${text}" kW was taken for W` }
  }
  return { value: Math.round(kilowatts * 1_000) }
}

const readDate = (text: string, note: (words: string) => void): string => {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0]
  if (date && !Number.isNaN(Date.parse(date))) return date
  if (text !== '') note(`"${text}" is not a date`)
  return '1970-01-01'
}
