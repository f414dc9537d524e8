import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { OcpiService } from '@werenode/ocpi'
import { pino } from 'pino'
import { armKillPoint } from '../src/kill-at.ts'
import { composeNode } from '../src/node/compose.ts'
import { openDataFolder } from '../src/node/folders.ts'
import { createParts } from '../src/node/parts.ts'

/**
 * A whole node in a process of its own, to be killed: `roaming-node.ts FOLDER PARTY HTTP OCPP MQTT RPC ADMIN`. Takes what its operator
 * does with partners as lines of JSON, and answers each with a line.
 */
armKillPoint(process.env)
const [folder, party, http, ocpp, mqtt, rpc, admin] = process.argv.slice(2) as [string, string, ...string[]]
const [country_code, party_id] = party.split('*') as [string, string]
mkdirSync(folder, { recursive: true })
const parts = createParts({})
let roaming: OcpiService | undefined
await composeNode(
  {
    data: await openDataFolder(folder, { fresh: false }),
    host: '127.0.0.1',
    ports: { http: Number(http), ocpp: Number(ocpp), mqtt: Number(mqtt), rpc: Number(rpc), admin: Number(admin) },
    origin: `http://127.0.0.1:${http}`,
    simulate: false,
    party: { country_code, party_id, name: `Node ${party}` },
    log: pino({ level: process.env.WERENODE_LOG_LEVEL ?? 'silent' }),
    clock: () => new Date(),
    tuning: { roaming: { pullEveryMs: 3_600_000, outbox: { firstPauseMs: 50, longestPauseMs: 500 } } },
  },
  {
    ...parts,
    add: async (name, begin) => {
      const part = await parts.add(name, begin)
      if (name === 'roaming (OCPI)') roaming = part as unknown as OcpiService
      return part
    },
  },
)
const node = roaming!

type Order =
  | { do: 'invite' | 'partners' }
  | { do: 'add'; url: string; token: string }
  | { do: 'remove'; id: string }
  | { do: 'put'; nr: number; version: number }
  | { do: 'held'; id: string; owner: string; count: number }

const carryOut = async (order: Order): Promise<unknown> => {
  switch (order.do) {
    case 'invite':
      return node.partners.invite('Neighbour')
    case 'partners':
      return node.partners.list()
    case 'add':
      return node.partners.add(order)
    case 'remove':
      return node.partners.remove(order.id)
    case 'put':
      return node.putOwn('tokens', {
        country_code,
        party_id,
        uid: `CARD${order.nr}`,
        type: 'RFID',
        contract_id: `${country_code}${party_id}C${order.nr}`,
        issuer: 'Proof',
        visual_number: String(order.version),
        valid: true,
        whitelist: 'ALWAYS',
        last_updated: new Date().toISOString(),
      })
    case 'held':
      return Promise.all(
        Array.from({ length: order.count }, async (_, nr) => {
          const doc = await node.object(order.id, 'tokens', `${order.owner.replace('*', '|')}|CARD${nr}|RFID`)
          return Number(doc?.object.visual_number ?? 0)
        }),
      )
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { nr, ...order } = JSON.parse(line) as { nr: number } & { order: Order }
  carryOut(order.order).then(
    (answer) => process.stdout.write(`${JSON.stringify({ nr, answer: answer ?? null })}\n`),
    (error: unknown) => process.stdout.write(`${JSON.stringify({ nr, error: String(error) })}\n`),
  )
})
process.stdout.write(`${JSON.stringify({ ready: true })}\n`)
