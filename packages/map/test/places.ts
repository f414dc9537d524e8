import type { Place } from '../src/index.ts'

/** A place, plain but for what a test is about. */
export const aPlace = (change: Partial<Place> = {}): Place => ({
  id: 'place',
  party: 'FR*WRN' as Place['party'],
  operatorName: 'Werenode',
  name: 'Gare Sud',
  address: '27 Boulevard de Stalingrad',
  city: 'Nantes',
  position: { lon: -1.54, lat: 47.21 },
  source: 'demo',
  evseCount: 2,
  availableCount: 1,
  payable: true,
  maxPowerW: 150_000,
  standards: ['IEC_62196_T2_COMBO'],
  lastUpdated: '2026-11-22T12:00:00.000Z',
  ...change,
})
