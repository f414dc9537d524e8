import { createHash } from 'node:crypto'
import { type ConnectorStandard, type Evse, type EvseStatus, evseKey, type Location } from '@werenode/core'
import { type Column, dynamicColumns, staticColumns } from './schema.ts'

type Row = Readonly<Record<string, string>>

/** Sockets the schema has a column for; all others are `autre`. */
const sockets: Readonly<Partial<Record<ConnectorStandard, string>>> = {
  DOMESTIC_E: 'ef',
  DOMESTIC_F: 'ef',
  IEC_62196_T2: '2',
  IEC_62196_T2_COMBO: 'combo_ccs',
  CHADEMO: 'chademo',
}

/** A location's EVSEs as rows of the static file. `contact`: where its operator is reached by mail, which the schema asks for. */
export const staticRows = (location: Location, contact: string): readonly Row[] => {
  const evses = location.evses.filter(({ status }) => status !== 'REMOVED' && status !== 'PLANNED')
  return evses.map((evse) => staticRow(location, evse, evses.length, contact))
}

const staticRow = (location: Location, evse: Evse, count: number, contact: string): Row => {
  const has = (socket: string): string =>
    String(evse.connectors.some(({ standard }) => (sockets[standard] ?? 'autre') === socket))
  const powerW = Math.max(0, ...evse.connectors.map(({ maxPowerW }) => maxPowerW))
  const free = location.paymentWords?.includes('free') ?? false
  return {
    nom_operateur: location.operatorName,
    contact_operateur: contact,
    nom_enseigne: location.operatorName,
    id_station_itinerance: stationId(location),
    id_station_local: location.id,
    nom_station: location.name,
    implantation_station: powerW >= 50_000 ? 'Station dédiée à la recharge rapide' : 'Voirie',
    adresse_station: [location.address, [location.postalCode, location.city].filter(Boolean).join(' ')].join(', '),
    coordonneesXY: `[${decimal(location.position.lon)},${decimal(location.position.lat)}]`,
    nbre_pdc: String(count),
    id_pdc_itinerance: evseKey(evse.evseId),
    id_pdc_local: evse.uid,
    puissance_nominale: String(powerW / 1000),
    prise_type_ef: has('ef'),
    prise_type_2: has('2'),
    prise_type_combo_ccs: has('combo_ccs'),
    prise_type_chademo: has('chademo'),
    prise_type_autre: has('autre'),
    gratuit: String(free),
    paiement_acte: String(evse.payable),
    paiement_cb: 'false',
    paiement_autre: String(evse.payable && !free),
    tarification: location.tariffWords ?? '',
    condition_acces: /réserv|private|privé/i.test(location.access ?? '') ? 'Accès réservé' : 'Accès libre',
    reservation: 'false',
    // The schema asks for hours of every station: one that names none is taken to be open at all times.
    horaires: hoursOf(location.openingHours),
    accessibilite_pmr:
      location.accessible === undefined
        ? 'Accessibilité inconnue'
        : location.accessible
          ? 'Accessible mais non réservé PMR'
          : 'Non accessible',
    restriction_gabarit: 'Inconnu',
    station_deux_roues: 'false',
    date_maj: location.lastUpdated.slice(0, 10),
    cable_t2_attache: String(
      evse.connectors.some(({ standard, format }) => standard === 'IEC_62196_T2' && format === 'CABLE'),
    ),
  }
}

/** A location's EVSEs as rows of the dynamic file. */
export const dynamicRows = ({ evses }: Location): readonly Row[] =>
  evses
    .filter(({ status }) => status !== 'REMOVED' && status !== 'PLANNED')
    .map((evse): Row => {
      const works = worksWords(evse.status)
      const socket = (name: string): string =>
        evse.connectors.some(({ standard }) => sockets[standard] === name)
          ? { en_service: 'fonctionnel', hors_service: 'hors_service', inconnu: 'inconnu' }[works]
          : ''
      return {
        id_pdc_itinerance: evseKey(evse.evseId),
        etat_pdc: works,
        occupation_pdc: occupied[evse.status] ?? 'inconnu',
        horodatage: evse.statusAt,
        etat_prise_type_2: socket('2'),
        etat_prise_type_combo_ccs: socket('combo_ccs'),
        etat_prise_type_chademo: socket('chademo'),
        etat_prise_type_ef: socket('ef'),
      }
    })

const occupied: Readonly<Partial<Record<EvseStatus, string>>> = {
  AVAILABLE: 'libre',
  CHARGING: 'occupe',
  BLOCKED: 'occupe',
  RESERVED: 'reserve',
}

const worksWords = (status: EvseStatus): 'en_service' | 'hors_service' | 'inconnu' =>
  status === 'OUTOFORDER' || status === 'INOPERATIVE'
    ? 'hors_service'
    : occupied[status] === undefined
      ? 'inconnu'
      : 'en_service'

/** `FR` + party + `P` + the location's own id, at most 35 characters; an id that is too long or empty is hashed. */
const stationId = ({ id, party }: Location): string => {
  const plain = id.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  const own =
    plain !== '' && plain.length <= 24
      ? plain
      : createHash('sha256').update(id).digest('hex').slice(0, 20).toUpperCase()
  return `${party.replace('*', '')}P${own}`.toUpperCase()
}

const hoursOf = (text: string | undefined): string =>
  text !== undefined && /\d{1,2}:\d{2}-\d{1,2}:\d{2}|24\/7/.test(text) ? text : '24/7'

const decimal = (degrees: number): string => degrees.toFixed(7).replace(/0+$/, '').replace(/\.$/, '')

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const textOf = (columns: readonly Column[], rows: readonly Row[]): string =>
  [
    columns.map(({ name }) => name).join(','),
    ...rows.map((row) => columns.map(({ name }) => cell(row[name] ?? '')).join(',')),
    '',
  ].join('\n')

export const staticFile = (locations: readonly Location[], contact: string): string =>
  textOf(
    staticColumns,
    locations.flatMap((location) => staticRows(location, contact)),
  )
export const dynamicFile = (locations: readonly Location[]): string =>
  textOf(dynamicColumns, locations.flatMap(dynamicRows))
