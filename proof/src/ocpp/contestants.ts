import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInProcessBus } from '@werenode/bus'
import { answer, type Store } from '@werenode/core'
import { createOcppService, defaultDoorRates, registerStation, schemasOf } from '@werenode/ocpp'
import pino from 'pino'
import { WebSocketServer } from 'ws'
import { createKeep, eventRows, type MeterValues } from './rows.ts'

/** One of the servers that are held against each other. */
export interface Contestant {
  readonly port: number
  readonly connected: () => number
  /** Writes what it has put off, so that it is counted. */
  readonly settle?: () => Promise<void>
}

export const contestants = ['floor', 'peer', 'ours'] as const
export type Kind = (typeof contestants)[number]

const started = { transactionId: 1, idTagInfo: { status: 'Accepted' } }

/** What nobody can do without: a bare WebSocket, a precompiled validator, the rows, the answer. */
const startFloor = async (store: Store): Promise<Contestant> => {
  await store.define([eventRows])
  const keep = createKeep(store)
  const schemas = schemasOf('ocpp1.6')
  const server = createServer()
  const sockets = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: true })
  sockets.on('connection', (socket, request) => {
    const stationId = request.url!.split('/').at(-1)!
    socket.on('message', async (data) => {
      const [, id, action, payload] = JSON.parse(String(data)) as [number, string, string, MeterValues]
      if (schemas.violations(action, 'request', payload))
        return socket.send(JSON.stringify([4, id, 'FormationViolation', '', {}]))
      if (action === 'MeterValues') await keep(stationId, payload)
      socket.send(JSON.stringify([3, id, action === 'StartTransaction' ? started : {}]))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, connected: () => sockets.clients.size }
}

/** ocpp-rpc as its README uses it: strict, with the same rows. */
const startPeer = async (store: Store): Promise<Contestant> => {
  await store.define([eventRows])
  const keep = createKeep(store)
  const { RPCServer } = (await import('ocpp-rpc')).default as unknown as {
    RPCServer: new (options: object) => PeerServer
  }
  const server = new RPCServer({ protocols: ['ocpp1.6'], strictMode: true, wssOptions: { perMessageDeflate: false } })
  let connected = 0
  server.auth((accept) => accept())
  server.on('client', (client) => {
    connected += 1
    client.once('disconnect', () => {
      connected -= 1
    })
    client.handle('MeterValues', async ({ params }) => {
      await keep(client.identity, params)
      return {}
    })
    client.handle('BootNotification', () => ({
      status: 'Accepted',
      currentTime: new Date().toISOString(),
      interval: 300,
    }))
    client.handle('StartTransaction', () => started)
  })
  const { port } = (await server.listen(0, '127.0.0.1')).address()
  return { port, connected: () => connected }
}

/** What of ocpp-rpc is used; the package brings no types. */
interface PeerServer {
  auth(check: (accept: () => void) => void): void
  on(event: 'client', listener: (client: PeerClient) => void): void
  listen(port: number, host: string): Promise<{ address(): AddressInfo }>
}
interface PeerClient {
  readonly identity: string
  once(event: 'disconnect', listener: () => void): void
  handle(action: string, handler: (call: { params: MeterValues }) => unknown): void
}

/** Our service whole: tolerance, replay cache, message log, transactions, plausibility and the bus are all on. */
const startOurs = async (store: Store, stations: number): Promise<Contestant> => {
  const clock = () => new Date()
  const bus = await createInProcessBus({ store, clock })
  answer(bus, 'manager.authorize', async () => ({ status: 'Accepted' }))
  const unlimited = { burst: 1e9, perSecond: 1e9 }
  const service = createOcppService({
    store,
    bus,
    clock,
    log: pino({ level: 'silent' }),
    port: 0,
    host: '127.0.0.1',
    heartbeatS: 3_600,
    // One address stands for the country here.
    rates: { ...defaultDoorRates, address: unlimited, identity: unlimited, all: unlimited },
  })
  await service.start()
  for (let index = 0; index < stations; index += 1)
    await registerStation({ store, clock }, { stationId: `P-${index}`, securityProfile: 0, noPing: true })
  return { port: service.port, connected: () => service.connected, settle: () => service.writeDown() }
}

export const startContestant = (kind: Kind, store: Store, stations: number): Promise<Contestant> => {
  if (kind === 'floor') return startFloor(store)
  return kind === 'peer' ? startPeer(store) : startOurs(store, stations)
}
