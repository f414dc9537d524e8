import { type EvseId, evseKey, type Location, type Party } from '@werenode/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from './csv.ts'
import { dynamicFile, staticFile } from './export.ts'
import { createFindings } from './finding.ts'
import { readPoint } from './row.ts'
import { dynamicColumns, problemsOf, staticColumns } from './schema.ts'

const standards = ['IEC_62196_T2', 'IEC_62196_T2_COMBO', 'CHADEMO', 'DOMESTIC_E', 'NACS', 'UNKNOWN'] as const
const statuses = ['AVAILABLE', 'CHARGING', 'BLOCKED', 'RESERVED', 'OUTOFORDER', 'INOPERATIVE', 'UNKNOWN'] as const
const words = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.trim() === text && !/[\0]/.test(text))

const locations = fc.array(
  fc
    .record({
      id: words,
      name: words,
      operatorName: words,
      address: words,
      city: words,
      lon: fc.double({ min: -5, max: 9, noNaN: true }),
      lat: fc.double({ min: 42, max: 51, noNaN: true }),
      openingHours: fc.constantFrom(undefined, '24/7', 'Mo-Fr 08:00-20:00', 'when the sun shines'),
      accessible: fc.constantFrom(undefined, true, false),
      evses: fc.array(
        fc.record({
          standard: fc.constantFrom(...standards),
          status: fc.constantFrom(...statuses),
          powerW: fc.integer({ min: 1_000, max: 400_000 }),
          payable: fc.boolean(),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(
      ({ lon, lat, evses, openingHours, accessible, ...rest }): Location => ({
        ...rest,
        party: 'FR*ABC' as Party,
        countryCode: 'FR',
        postalCode: '44000',
        position: { lon, lat },
        timeZone: 'Europe/Paris',
        ...(openingHours === undefined ? {} : { openingHours }),
        ...(accessible === undefined ? {} : { accessible }),
        source: 'own',
        lastUpdated: '2026-11-22T10:00:00.000Z',
        evses: evses.map(({ standard, status, powerW, payable }, index) => ({
          uid: `U${index}`,
          evseId: `FR*ABC*E${index + 1}` as EvseId,
          status,
          statusAt: '2026-11-22T10:00:00.000Z',
          payable,
          connectors: [
            { id: 1, standard, format: 'SOCKET', powerType: 'AC_3_PHASE', maxPowerW: powerW, tariffIds: [] },
          ],
        })),
      }),
    ),
  { minLength: 1, maxLength: 4 },
)

const rowsOf = async (text: string): Promise<Record<string, string>[]> => {
  const rows: Record<string, string>[] = []
  async function* whole() {
    yield text
  }
  for await (const { cells } of readCsv(whole())) rows.push({ ...cells })
  return rows
}
/** The reader gives names in lower case; the schema writes one of them otherwise. */
const asWritten = ({ coordonneesxy, ...row }: Record<string, string>) => ({
  ...row,
  coordonneesXY: coordonneesxy ?? '',
})

describe('open data', () => {
  it('is valid by the national schema, whatever the catalogue holds', async () => {
    await fc.assert(
      fc.asyncProperty(locations, async (places) => {
        for (const row of await rowsOf(staticFile(places, 'contact@operator.example')))
          expect(problemsOf(staticColumns, asWritten(row))).toEqual([])
        for (const row of await rowsOf(dynamicFile(places))) expect(problemsOf(dynamicColumns, row)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('comes back as it went out when it is imported', async () => {
    await fc.assert(
      fc.asyncProperty(locations, async (places) => {
        const rows = await rowsOf(staticFile(places, 'contact@operator.example'))
        const points = rows.map((cells, index) => readPoint({ line: index + 2, cells }, createFindings(10)))
        const evses = places.flatMap(({ evses: all }) => all)
        expect(points.map((point) => point && evseKey(point.evseId))).toEqual(
          evses.map(({ evseId }) => evseKey(evseId)),
        )
        for (const [index, point] of points.entries()) {
          const [own] = evses[index]!.connectors
          // A domestic socket is read with the power it can give, whatever is said.
          if (own!.standard !== 'DOMESTIC_E')
            expect(point!.connectors.map(({ maxPowerW }) => maxPowerW)).toContain(own!.maxPowerW)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('says what is wrong with a row that is not', () => {
    const row = { id_pdc_itinerance: 'FR-1', etat_pdc: 'ok', occupation_pdc: 'libre', horodatage: 'now', colour: 'red' }
    expect(problemsOf(dynamicColumns, row)).toEqual([
      'colour is no column of the schema',
      'id_pdc_itinerance: "FR-1" has no such form',
      'etat_pdc: "ok" is no word',
      'horodatage: "now" is no datetime',
    ])
  })
})
