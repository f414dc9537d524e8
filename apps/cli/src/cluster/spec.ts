import type { CommandSpec } from '../terminal/arguments.ts'

const text = (value: string, words: string) => ({ kind: 'text', value, words }) as const
const port = (words: string) => ({ kind: 'port', value: 'PORT', words }) as const

/** Each option is also read from the environment: `--store` from WERENODE_STORE, and so on (docs/deploy.md). */
export const servicesSpec = {
  name: 'serve',
  usage: 'serve SERVICES',
  words:
    'Runs some services of a house of many processes: chain, relayer, ocpp, mqtt, manager, api, roaming; e.g. ocpp,manager.',
  most: 1,
  options: {
    store: text('URL', 'the store they share: mongodb://host/database?replicaSet=rs0'),
    bus: text('URL', 'the bus they share: nats://host:4222,nats://host2:4222'),
    'bus-replicas': { kind: 'number', value: 'N', words: 'copies of each event; 3 in a cluster of three (1)' },
    house: text('NAME', 'keeps houses that share servers apart (werenode)'),
    name: text('NAME', 'name of this process, the same after a restart (the host)'),
    data: text('FOLDER', 'keys and secret of the house (.werenode/cluster)'),
    host: text('ADDRESS', 'who may connect (127.0.0.1)'),
    origin: text('URL', 'where others reach the house'),
    'stations-url': text('URL', 'where stations reach it, with /ocpp/ at the end'),
    port: port('web and API (8080)'),
    'ocpp-port': port('charging stations (9000)'),
    'ocpp-tls-port': port('charging stations over TLS, with --ocpp-cert (9001)'),
    'ocpp-cert': text('FILE', 'TLS for charging stations: certificate'),
    'ocpp-key': text('FILE', 'its key (PEM)'),
    'ocpp-client-ca': text('FILE', "issuer of the stations' own certificates (security profile 3)"),
    'mqtt-port': port('smart plugs, MQTT (1883)'),
    'mqtt-broker': text('URL', 'a broker instead of the embedded one'),
    'rpc-port': port("the embedded chain's JSON-RPC (8545)"),
    'rpc-url': text('URL', 'a node of a chain where Werenode stands'),
    addresses: text('FILE', 'with --rpc-url: where the contracts are (address book, JSON)'),
    'admin-port': port('health and metrics (8081)'),
    'admin-host': text('ADDRESS', 'who may read health and metrics (127.0.0.1)'),
    party: text('PARTY', 'whose plugs these are (FR*WRN)'),
    'party-name': text('WORDS', 'its name'),
    'cosign-timeout': { kind: 'number', value: 'SECONDS', words: 'how long a driver may take to sign a receipt (120)' },
    'tell-partners': {
      kind: 'flag',
      words: 'tell roaming partners which of the others are connected, as hubs do (OCPI hub client info)',
    },
    demo: { kind: 'flag', words: "the demo's places, tariffs, stations and card" },
  },
  examples: ['./werenode serve ocpp --store mongodb://localhost/werenode?replicaSet=rs0 --bus nats://localhost:4222'],
} as const satisfies CommandSpec
