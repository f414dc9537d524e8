import type { Connector } from '@werenode/core'
import { demoTariffs } from './tariffs.ts'

/** A simulated station of the demo party, on a plausible place. */
export interface DemoStation {
  readonly stationId: string
  readonly version: '1.6' | '2.0.1'
  readonly place: {
    readonly id: string
    readonly name: string
    readonly address: string
    readonly city: string
    readonly postalCode: string
    readonly position: { readonly lon: number; readonly lat: number }
  }
  /** One EVSE id per plug, in the order of the station's own numbers. */
  readonly evseIds: readonly string[]
  readonly connector: Pick<Connector, 'standard' | 'format' | 'powerType' | 'maxPowerW' | 'meterCertified'>
  readonly tariffId: string
  /** Not run by `npm start`: a person plays it with `npm run sim`. */
  readonly byHand?: true
}

const type2 = (maxPowerW: number) =>
  ({
    standard: 'IEC_62196_T2',
    format: 'SOCKET',
    powerType: maxPowerW > 7_400 ? 'AC_3_PHASE' : 'AC_1_PHASE',
    maxPowerW,
    meterCertified: true,
  }) as const
const ccs = (maxPowerW: number) =>
  ({ standard: 'IEC_62196_T2_COMBO', format: 'CABLE', powerType: 'DC', maxPowerW, meterCertified: true }) as const

/** A card the node's issuer answers for, so that a charge can be started at the plug of the station one plays oneself. */
export const demoCard = 'WERENODE-DEMO-CARD'

/** A handful: both protocol versions, alternating and direct current, one plug that is free. */
export const demoStations: readonly DemoStation[] = [
  {
    stationId: 'WRN-NANTES-1',
    version: '2.0.1',
    place: {
      id: 'WRN-NANTES',
      name: 'Nantes, Gare Sud (simulated)',
      address: '27 Boulevard de Stalingrad',
      city: 'Nantes',
      postalCode: '44000',
      position: { lon: -1.5419, lat: 47.2172 },
    },
    evseIds: ['FR*WRN*E000001', 'FR*WRN*E000002'],
    connector: ccs(150_000),
    tariffId: demoTariffs.direct.id,
  },
  {
    stationId: 'WRN-LYON-1',
    version: '1.6',
    place: {
      id: 'WRN-LYON',
      name: 'Lyon, Place Bellecour (simulated)',
      address: 'Place Bellecour',
      city: 'Lyon',
      postalCode: '69002',
      position: { lon: 4.832, lat: 45.7578 },
    },
    evseIds: ['FR*WRN*E000003', 'FR*WRN*E000004'],
    connector: type2(22_000),
    tariffId: demoTariffs.alternating.id,
  },
  {
    stationId: 'WRN-BORDEAUX-1',
    version: '1.6',
    place: {
      id: 'WRN-BORDEAUX',
      name: 'Bordeaux, Quai des Chartrons (simulated)',
      address: '14 Quai des Chartrons',
      city: 'Bordeaux',
      postalCode: '33000',
      position: { lon: -0.5697, lat: 44.8508 },
    },
    evseIds: ['FR*WRN*E000005'],
    connector: ccs(60_000),
    tariffId: demoTariffs.direct.id,
  },
  {
    stationId: 'WRN-STRASBOURG-1',
    version: '2.0.1',
    place: {
      id: 'WRN-STRASBOURG',
      name: 'Strasbourg, Place de la République (simulated)',
      address: 'Place de la République',
      city: 'Strasbourg',
      postalCode: '67000',
      position: { lon: 7.7543, lat: 48.5873 },
    },
    evseIds: ['FR*WRN*E000006', 'FR*WRN*E000007'],
    connector: type2(11_000),
    tariffId: demoTariffs.night.id,
  },
  {
    stationId: 'WRN-LILLE-1',
    version: '2.0.1',
    place: {
      id: 'WRN-LILLE',
      name: 'Lille, Médiathèque Jean Lévy (simulated)',
      address: '32 Rue Édouard Delesalle',
      city: 'Lille',
      postalCode: '59000',
      position: { lon: 3.0677, lat: 50.6326 },
    },
    evseIds: ['FR*WRN*E000008'],
    connector: type2(7_400),
    tariffId: demoTariffs.free.id,
  },
  {
    stationId: 'WRN-BY-HAND-1',
    version: '1.6',
    place: {
      id: 'WRN-BY-HAND',
      name: 'Toulouse, the plug you play yourself (simulated)',
      address: 'Place du Capitole',
      city: 'Toulouse',
      postalCode: '31000',
      position: { lon: 1.4437, lat: 43.6043 },
    },
    evseIds: ['FR*WRN*E000009'],
    connector: type2(22_000),
    tariffId: demoTariffs.alternating.id,
    byHand: true,
  },
]
