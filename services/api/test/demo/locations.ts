import { type Connector, evseKey, type Party, parseEvseId } from '@werenode/core'
import type { NewLocation } from '../../src/catalogue/catalogue.ts'

/** A simulated station or plug that stands at a demo location. */
export interface DemoStation {
  readonly stationId: string
  readonly protocol: 'ocpp1.6' | 'ocpp2.0.1' | 'mqtt'
  readonly evses: readonly {
    readonly evse: number
    readonly evseId: string
    readonly connectors: number
    readonly maxPowerW: number
  }[]
}

type Socket = Omit<Connector, 'id' | 'tariffIds'>
const type2 = (maxPowerW: number): Socket => ({
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  powerType: maxPowerW > 7_400 ? 'AC_3_PHASE' : 'AC_1_PHASE',
  maxPowerW,
})
const ccs = (maxPowerW: number): Socket => ({
  standard: 'IEC_62196_T2_COMBO',
  format: 'CABLE',
  powerType: 'DC',
  maxPowerW,
})
const chademo = (maxPowerW: number): Socket => ({ standard: 'CHADEMO', format: 'CABLE', powerType: 'DC', maxPowerW })
const domestic: Socket = { standard: 'DOMESTIC_E', format: 'SOCKET', powerType: 'AC_1_PHASE', maxPowerW: 3_700 }

interface Place {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly city: string
  readonly postalCode: string
  readonly lon: number
  readonly lat: number
  readonly tariffId: string
  readonly stationId: string
  readonly protocol: DemoStation['protocol']
  /** One list of sockets for each EVSE. */
  readonly evses: readonly (readonly Socket[])[]
}

/** Where the demo party stands: real places, simulated plugs. EVSE ids count on from FR*WRN*E000001. */
const places: readonly Place[] = [
  {
    id: 'wrn-lyon',
    name: 'Werenode Lyon Bellecour',
    address: 'Place Bellecour',
    city: 'Lyon',
    postalCode: '69002',
    lon: 4.8322,
    lat: 45.7578,
    tariffId: 'WRN-PLAIN',
    stationId: 'WRN-LYON-1',
    protocol: 'ocpp1.6',
    evses: [[type2(22_000)], [type2(22_000)]],
  },
  {
    id: 'wrn-paris',
    name: 'Werenode Paris Gare de Lyon',
    address: '191 Rue de Bercy',
    city: 'Paris 12e',
    postalCode: '75012',
    lon: 2.3742,
    lat: 48.8436,
    tariffId: 'WRN-CITY',
    stationId: 'WRN-PARIS-1',
    protocol: 'ocpp2.0.1',
    evses: [[ccs(150_000)], [ccs(150_000), chademo(50_000)]],
  },
  {
    id: 'wrn-beaune',
    name: 'Werenode Aire de Beaune-Tailly',
    address: 'Autoroute A6',
    city: 'Merceuil',
    postalCode: '21190',
    lon: 4.8508,
    lat: 46.9702,
    tariffId: 'WRN-MOTORWAY',
    stationId: 'WRN-BEAUNE-1',
    protocol: 'ocpp2.0.1',
    evses: [[ccs(300_000)], [ccs(300_000)]],
  },
  {
    id: 'wrn-nantes',
    name: 'Werenode Nantes Île de Nantes',
    address: 'Parc des Chantiers, Boulevard Léon Bureau',
    city: 'Nantes',
    postalCode: '44200',
    lon: -1.5646,
    lat: 47.2061,
    tariffId: 'WRN-HOURLY',
    stationId: 'WRN-NANTES-1',
    protocol: 'ocpp1.6',
    evses: [[type2(7_400)]],
  },
  {
    id: 'wrn-toulouse',
    name: 'Werenode Toulouse Jardin des Plantes',
    address: '31 Allées Jules Guesde',
    city: 'Toulouse',
    postalCode: '31000',
    lon: 1.4511,
    lat: 43.5927,
    tariffId: 'WRN-FREE',
    stationId: 'WRN-TOULOUSE-1',
    protocol: 'ocpp1.6',
    evses: [[type2(11_000)]],
  },
  {
    id: 'wrn-strasbourg',
    name: 'Werenode Strasbourg Petite France',
    address: '2 Quai des Moulins',
    city: 'Strasbourg',
    postalCode: '67000',
    lon: 7.7412,
    lat: 48.5804,
    tariffId: 'WRN-PLAIN',
    stationId: 'WRN-STRASBOURG-PLUG-1',
    protocol: 'mqtt',
    evses: [[domestic]],
  },
]

const firstNumbers = places.map((_place, index) =>
  places.slice(0, index).reduce((count, { evses }) => count + evses.length, 1),
)
const evseIdOf = (place: number, evse: number) =>
  parseEvseId(`FR*WRN*E${String(firstNumbers[place]! + evse).padStart(6, '0')}`)

/** The demo party's locations, marked `demo` and simulated in their names' place of operator. */
export const demoLocations: readonly NewLocation[] = places.map((place, index) => ({
  id: place.id,
  party: 'FR*WRN' as Party,
  operatorName: 'Werenode demo (simulated)',
  name: place.name,
  address: place.address,
  city: place.city,
  postalCode: place.postalCode,
  countryCode: 'FR',
  position: { lon: place.lon, lat: place.lat },
  timeZone: 'Europe/Paris',
  openingHours: '24/7',
  evses: place.evses.map((sockets, evse) => ({
    uid: evseKey(evseIdOf(index, evse)),
    evseId: evseIdOf(index, evse),
    connectors: sockets.map((socket, at) => ({ id: at + 1, ...socket, tariffIds: [place.tariffId] })),
    station: { stationId: place.stationId, evse: evse + 1 },
    payable: true,
  })),
  source: 'demo',
}))

/** The stations to simulate for them. */
export const demoStations: readonly DemoStation[] = places.map(({ stationId, protocol, evses }, index) => ({
  stationId,
  protocol,
  evses: evses.map((sockets, evse) => ({
    evse: evse + 1,
    evseId: evseIdOf(index, evse),
    connectors: sockets.length,
    maxPowerW: Math.max(...sockets.map(({ maxPowerW }) => maxPowerW)),
  })),
}))
