/** One column of a table schema, as far as a value can break it. */
export interface Column {
  readonly name: string
  readonly type: 'text' | 'email' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime' | 'point'
  readonly required: boolean
  readonly pattern?: RegExp
  readonly words?: readonly string[]
}

const need = (name: string, type: Column['type'] = 'text', more: Partial<Column> = {}): Column => ({
  name,
  type,
  required: true,
  ...more,
})
const may = (name: string, type: Column['type'] = 'text', more: Partial<Column> = {}): Column => ({
  ...need(name, type, more),
  required: false,
})

const itinerant = /^(?:[A-Z]{2}[A-Z0-9]{4,33}|Non concerné)$/
const works = ['fonctionnel', 'hors_service', 'inconnu'] as const

/** Columns of the French national schema for charge points, static part, version 2.3.1 (etalab/schema-irve). */
export const staticColumns: readonly Column[] = [
  may('nom_amenageur'),
  may('siren_amenageur', 'text', { pattern: /^\d{9}$/ }),
  may('contact_amenageur', 'email'),
  may('nom_operateur'),
  need('contact_operateur', 'email'),
  may('telephone_operateur'),
  need('nom_enseigne'),
  need('id_station_itinerance', 'text', { pattern: itinerant }),
  may('id_station_local'),
  need('nom_station'),
  need('implantation_station', 'text', {
    words: [
      'Voirie',
      'Parking public',
      'Parking privé à usage public',
      'Parking privé réservé à la clientèle',
      'Station dédiée à la recharge rapide',
    ],
  }),
  need('adresse_station'),
  may('code_insee_commune', 'text', { pattern: /^([013-9]\d|2[AB1-9])\d{3}$/ }),
  need('coordonneesXY', 'point'),
  need('nbre_pdc', 'integer'),
  need('id_pdc_itinerance', 'text', { pattern: itinerant }),
  may('id_pdc_local'),
  need('puissance_nominale', 'number'),
  need('prise_type_ef', 'boolean'),
  need('prise_type_2', 'boolean'),
  need('prise_type_combo_ccs', 'boolean'),
  need('prise_type_chademo', 'boolean'),
  need('prise_type_autre', 'boolean'),
  may('gratuit', 'boolean'),
  need('paiement_acte', 'boolean'),
  may('paiement_cb', 'boolean'),
  may('paiement_autre', 'boolean'),
  may('tarification'),
  need('condition_acces', 'text', { words: ['Accès libre', 'Accès réservé'] }),
  need('reservation', 'boolean'),
  need('horaires', 'text', { pattern: /(.*?)((\d{1,2}:\d{2})-(\d{1,2}:\d{2})|24\/7)/ }),
  need('accessibilite_pmr', 'text', {
    words: ['Réservé PMR', 'Accessible mais non réservé PMR', 'Non accessible', 'Accessibilité inconnue'],
  }),
  need('restriction_gabarit'),
  need('station_deux_roues', 'boolean'),
  may('raccordement', 'text', { words: ['Direct', 'Indirect'] }),
  may('num_pdl'),
  may('date_mise_en_service', 'date'),
  may('observations'),
  need('date_maj', 'date'),
  may('cable_t2_attache', 'boolean'),
]

/** The dynamic part, version 2.3.1. */
export const dynamicColumns: readonly Column[] = [
  need('id_pdc_itinerance', 'text', { pattern: /^[A-Z]{2}[A-Z0-9]{4,33}$/ }),
  need('etat_pdc', 'text', { words: ['en_service', 'hors_service', 'inconnu'] }),
  need('occupation_pdc', 'text', { words: ['libre', 'occupe', 'reserve', 'inconnu'] }),
  need('horodatage', 'datetime'),
  may('etat_prise_type_2', 'text', { words: works }),
  may('etat_prise_type_combo_ccs', 'text', { words: works }),
  may('etat_prise_type_chademo', 'text', { words: works }),
  may('etat_prise_type_ef', 'text', { words: works }),
]

/** What is wrong with a row, in sentences; nothing when it is valid. */
export const problemsOf = (columns: readonly Column[], row: Readonly<Record<string, string>>): readonly string[] => {
  const known = new Set(columns.map(({ name }) => name))
  return [
    ...Object.keys(row)
      .filter((name) => !known.has(name))
      .map((name) => `${name} is no column of the schema`),
    ...columns.flatMap((column) => {
      const value = row[column.name] ?? ''
      if (value === '') return column.required ? [`${column.name} is missing`] : []
      if (column.words !== undefined && !column.words.includes(value)) return [`${column.name}: "${value}" is no word`]
      if (column.pattern !== undefined && !column.pattern.test(value))
        return [`${column.name}: "${value}" has no such form`]
      return isOf(column.type, value) ? [] : [`${column.name}: "${value}" is no ${column.type}`]
    }),
  ]
}

const isOf = (type: Column['type'], value: string): boolean => {
  switch (type) {
    case 'text':
      return true
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
    case 'integer':
      return /^\d+$/.test(value)
    case 'number':
      return /^\d+(\.\d+)?$/.test(value)
    case 'boolean':
      return value === 'true' || value === 'false'
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
    case 'datetime':
      // ISO 8601; the schema's own example file writes offsets without a colon.
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/.test(value)
    case 'point': {
      const match = /^\[(-?\d+(?:\.\d+)?), ?(-?\d+(?:\.\d+)?)\]$/.exec(value)
      return match !== null && Math.abs(Number(match[1])) <= 180 && Math.abs(Number(match[2])) <= 90
    }
  }
}
