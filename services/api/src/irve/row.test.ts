import { expect, test } from 'vitest'
import { readAddress } from './address.ts'
import { connectorsOf } from './connectors.ts'
import { createFindings } from './finding.ts'
import { readPosition } from './position.ts'
import { readPoint } from './row.ts'

const good = {
  id_pdc_itinerance: 'FR*S35*E1',
  id_station_itinerance: 'FR*S35*P1',
  coordonneesxy: '[-1.68, 48.11]',
  puissance_nominale: '22.0',
  prise_type_2: 'True',
  date_maj: '2025-07-01',
}
const read = (change: Record<string, string> = {}) => {
  const findings = createFindings(10)
  const point = readPoint({ line: 2, cells: { ...good, ...change } }, findings)
  return { point, findings: findings.list.map(({ what, fate }) => `${what} ${fate}`) }
}

test('a good row is a point without findings', () => {
  expect(read()).toMatchObject({
    point: { evseId: 'FR*S35*E1', party: 'FR*S35', stationKey: 'FRS35P1', position: { lon: -1.68, lat: 48.11 } },
    findings: [],
  })
})

test.each([
  [{ id_pdc_itinerance: '' }, 'evse-id skipped'],
  [{ id_pdc_itinerance: 'Non concerné' }, 'evse-id skipped'],
  [{ coordonneesxy: '' }, 'position skipped'],
  [{ coordonneesxy: '[0, 0]' }, 'position skipped'],
  [{ coordonneesxy: '[500, 2]' }, 'position skipped'],
  [{ coordonneesxy: '[48.11, -1.68]' }, 'position-swapped mended'],
  [{ puissance_nominale: '22000' }, 'power mended'],
  [{ puissance_nominale: 'beaucoup' }, 'power noted'],
  [{ puissance_nominale: '-3' }, 'power noted'],
  [{ prise_type_2: 'False' }, 'connector mended'],
  [{ id_station_itinerance: 'Non concerné' }, 'station-id mended'],
  [{ date_maj: 'hier' }, 'date noted'],
])('%j is found: %s', (change, finding) => {
  const { point, findings } = read(change as Record<string, string>)
  expect(findings).toEqual([finding])
  expect(point === undefined).toBe(finding.endsWith('skipped'))
})

test('kilowatts may have a comma or a unit, and watts are taken for watts', () => {
  const power = (text: string) => read({ puissance_nominale: text }).point?.connectors[0]?.maxPowerW
  expect([power('7,4'), power('22 kW'), power('22000')]).toEqual([7_400, 22_000, 22_000])
})

test.each(['[2.3, 48.8]', '2.3,48.8', '(2.3 ; 48.8)', 'POINT(2.3 48.8)', '[48.8, 2.3]'])('%s is a position', (text) => {
  expect(readPosition(text)?.position).toEqual({ lon: 2.3, lat: 48.8 })
})

test('a Type 2 beside direct current is the alternating outlet; alone above 43 kW it is direct', () => {
  const none = {
    powerW: 150_000,
    domestic: false,
    type2: true,
    ccs: false,
    chademo: false,
    other: false,
    type2Cable: false,
  }
  expect(
    connectorsOf({ ...none, ccs: true, domestic: true }).map(({ standard, maxPowerW, powerType }) => [
      standard,
      maxPowerW,
      powerType,
    ]),
  ).toEqual([
    ['IEC_62196_T2', 43_000, 'AC_3_PHASE'],
    ['IEC_62196_T2_COMBO', 150_000, 'DC'],
    ['DOMESTIC_E', 3_700, 'AC_1_PHASE'],
  ])
  expect(connectorsOf(none)).toMatchObject([
    { standard: 'IEC_62196_T2', maxPowerW: 150_000, powerType: 'DC', format: 'CABLE' },
  ])
  expect(connectorsOf({ ...none, powerW: 7_400 })).toMatchObject([{ powerType: 'AC_1_PHASE', format: 'SOCKET' }])
})

test.each([
  [
    '69 Rue Nicolas Appert, 66000 Perpignan, France',
    'Perpignan',
    { address: '69 Rue Nicolas Appert', city: 'Perpignan', postalCode: '66000' },
  ],
  ['Av. du 14 Juillet 1789, 1 , Terville', 'Terville', { address: 'Av. du 14 Juillet 1789, 1', city: 'Terville' }],
  ['Avenue Léon Blum 30100 Alès', undefined, { address: 'Avenue Léon Blum', city: 'Alès', postalCode: '30100' }],
  [
    '43 Rue Maurice Bonnevialle, 42420 ST CHAMOND',
    undefined,
    { address: '43 Rue Maurice Bonnevialle', city: 'St Chamond', postalCode: '42420' },
  ],
  ['', 'Lyon', { address: 'Lyon', city: 'Lyon' }],
])('"%s" is taken apart', (text, commune, expected) => {
  expect(readAddress(text, commune === undefined ? undefined : { name: commune })).toEqual(expected)
})
