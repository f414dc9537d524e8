import type { CommandSpec } from '../terminal/arguments.ts'

export const startSpec = {
  name: 'start',
  usage: 'start',
  words: 'Runs the whole house on this machine: chain, contracts, store, services, simulated stations and plugs.',
  most: 0,
  options: {
    port: { kind: 'port', value: 'PORT', words: 'web and API (8080)' },
    'ocpp-port': { kind: 'port', value: 'PORT', words: 'charging stations (9000)' },
    'ocpp-tls-port': { kind: 'port', value: 'PORT', words: 'charging stations over TLS, with --ocpp-cert (9001)' },
    'ocpp-cert': {
      kind: 'text',
      value: 'FILE',
      words: 'TLS for charging stations (security profiles 2, 3): certificate',
    },
    'ocpp-key': { kind: 'text', value: 'FILE', words: 'TLS for charging stations: its key (PEM)' },
    'ocpp-client-ca': {
      kind: 'text',
      value: 'FILE',
      words: "issuer of the stations' own certificates (security profile 3)",
    },
    'contract-pool': {
      kind: 'text',
      value: 'URL',
      words: 'certificate pool for ISO 15118 contracts (Plug & Charge); its token in WERENODE_CONTRACT_POOL_TOKEN',
    },
    'mqtt-port': { kind: 'port', value: 'PORT', words: 'smart plugs, MQTT (1883)' },
    'mqtt-broker': {
      kind: 'text',
      value: 'URL',
      words:
        'a broker of your own instead of the embedded one; its account in WERENODE_MQTT_USER, WERENODE_MQTT_PASSWORD',
    },
    'mqtt-cert': { kind: 'text', value: 'FILE', words: 'TLS for plugs: certificate (PEM)' },
    'mqtt-key': { kind: 'text', value: 'FILE', words: 'TLS for plugs: its key (PEM)' },
    'mqtt-client-ca': {
      kind: 'text',
      value: 'FILE',
      words: 'only plugs with a certificate of this issuer may come in',
    },
    'rpc-port': { kind: 'port', value: 'PORT', words: "the embedded chain's JSON-RPC (8545)" },
    'defev-port': { kind: 'port', value: 'PORT', words: 'DEFev, the app that needs no server (8090)' },
    'admin-port': { kind: 'port', value: 'PORT', words: 'health and metrics, loopback only (8081)' },
    host: {
      kind: 'text',
      value: 'ADDRESS',
      words: 'who may connect: 127.0.0.1 this machine (default), 0.0.0.0 everybody',
    },
    origin: { kind: 'text', value: 'URL', words: 'where others reach this node (http://localhost:PORT)' },
    party: {
      kind: 'text',
      value: 'PARTY',
      words: "whose plugs these are and as whom this node roams (FR*WRN), e.g. 'NL*TWO'",
    },
    'party-name': { kind: 'text', value: 'WORDS', words: 'its name, as partners see it (Werenode demo)' },
    'cosign-timeout': {
      kind: 'number',
      value: 'SECONDS',
      words: 'how long a driver may take to sign a receipt before it is proposed on chain without them (120)',
    },
    'operator-node': {
      kind: 'flag',
      words: 'manager, stations and chain alone: no API, no web, no roaming; drivers pay on chain',
    },
    plugs: {
      kind: 'text',
      value: 'FILE',
      words: 'with --operator-node: your plugs (JSON); default the simulated demo',
    },
    'rpc-url': {
      kind: 'text',
      value: 'URL',
      words: 'with --operator-node: a node of a chain where Werenode stands, instead of an own chain',
    },
    addresses: {
      kind: 'text',
      value: 'FILE',
      words: 'with --rpc-url: where the contracts are on that chain (address book, JSON)',
    },
    data: { kind: 'text', value: 'FOLDER', words: 'where everything is kept (.werenode/data)' },
    fresh: { kind: 'flag', words: 'forget all data of that folder first: sessions, catalogue, local chain' },
    'no-sim': { kind: 'flag', words: 'without simulated stations and plugs' },
    'no-import': { kind: 'flag', words: 'without the French open data' },
    'irve-status': {
      kind: 'text',
      value: 'FILE|URL',
      words:
        'the French dynamic file (IRVE): how open-data charge points are now, read at once and then again and again',
    },
    'irve-status-every': {
      kind: 'number',
      value: 'SECONDS',
      words: 'how often that file is looked at (300)',
    },
    'tell-partners': {
      kind: 'flag',
      words: 'tell roaming partners which of the others are connected, as hubs do (OCPI hub client info)',
    },
    quiet: { kind: 'flag', words: 'say only when it is ready' },
  },
  examples: ['npm start -- --port 9090', 'npm start -- --fresh'],
} as const satisfies CommandSpec
