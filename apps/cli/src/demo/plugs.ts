import type { Connector } from '@werenode/core'
import type { PlugFamily } from '@werenode/simulator'
import { demoTariffs } from './tariffs.ts'

/** A simulated smart plug or small EVSE of the demo party: a station with one EVSE, reached over MQTT. */
export interface DemoPlug {
  readonly plugId: string
  readonly family: PlugFamily
  /** As its device profile names them. */
  readonly variables: Readonly<Record<string, string>>
  /** What may be drawn for hours, W. */
  readonly ratedPowerW: number
  readonly place: {
    readonly id: string
    readonly name: string
    readonly address: string
    readonly city: string
    readonly postalCode: string
    readonly position: { readonly lon: number; readonly lat: number }
  }
  readonly evseId: string
  readonly connector: Pick<Connector, 'standard' | 'format' | 'powerType' | 'maxPowerW' | 'meterCertified'>
  readonly tariffId: string
}

const socket = (maxPowerW: number) =>
  ({ standard: 'DOMESTIC_E', format: 'SOCKET', powerType: 'AC_1_PHASE', maxPowerW, meterCertified: false }) as const

/** A plug of each of the two families most met, and a small EVSE. */
export const demoPlugs: readonly DemoPlug[] = [
  {
    plugId: 'WRN-PLUG-RENNES',
    family: 'shelly-gen2',
    variables: { prefix: 'shellyplusplugs-3ce90e2f1a01' },
    ratedPowerW: 2_300,
    place: {
      id: 'WRN-RENNES',
      name: 'Rennes, a socket in a courtyard (simulated)',
      address: '12 Rue Saint-Michel',
      city: 'Rennes',
      postalCode: '35000',
      position: { lon: -1.6815, lat: 48.1142 },
    },
    evseId: 'FR*WRN*E000010',
    connector: socket(2_300),
    tariffId: demoTariffs.socket.id,
  },
  {
    plugId: 'WRN-PLUG-GRENOBLE',
    family: 'tasmota',
    variables: { topic: 'tasmota_5E2A90' },
    ratedPowerW: 3_680,
    place: {
      id: 'WRN-GRENOBLE',
      name: 'Grenoble, a socket in a garage (simulated)',
      address: '5 Place Victor Hugo',
      city: 'Grenoble',
      postalCode: '38000',
      position: { lon: 5.7264, lat: 45.1885 },
    },
    evseId: 'FR*WRN*E000011',
    connector: socket(3_680),
    tariffId: demoTariffs.socket.id,
  },
  {
    plugId: 'WRN-PLUG-ANNECY',
    family: 'openevse',
    variables: { base: 'openevse-7c1f', announce: '7c1f' },
    ratedPowerW: 7_400,
    place: {
      id: 'WRN-ANNECY',
      name: 'Annecy, a small charger at a guest house (simulated)',
      address: '8 Quai Eustache Chappuis',
      city: 'Annecy',
      postalCode: '74000',
      position: { lon: 6.1279, lat: 45.8992 },
    },
    evseId: 'FR*WRN*E000012',
    connector: {
      standard: 'IEC_62196_T2',
      format: 'CABLE',
      powerType: 'AC_1_PHASE',
      maxPowerW: 7_400,
      meterCertified: false,
    },
    tariffId: demoTariffs.alternating.id,
  },
]
