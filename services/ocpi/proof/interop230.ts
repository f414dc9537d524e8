import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Bus, Store } from '@werenode/core'
import getPort from 'get-port'
import { pino } from 'pino'
import { createOcpiService } from '../src/service.ts'
import { eventually } from '../test/node.ts'
import { expected, location, peersCard, tariff } from '../test/samples.ts'
import { type Asked, startStrangePartner } from '../test/strange-partner.ts'

interface Figure {
  readonly value: number | string | boolean
  readonly bar?: number | string | boolean
  readonly holds: boolean
}
type House = { readonly store: Store; readonly bus: Bus; close(): Promise<void> }

/** The packages as their authors publish them; never changed, never kept in this repository. */
export const packages230 = ['ocpi-types==0.3.0', 'latam-evra-ocpi==0.5.0'] as const

const at = '2026-11-22T10:00:00.000Z'
const them = { country_code: 'DE', party_id: 'ABC' }

/**
 * OCPI 2.3.0 before software of others: every message that we send is read and written again by generated types, what those write is
 * taken by us, and a public client reads our Sender interfaces and commands us over HTTP.
 */
export const proveInterop230 = async (
  python: string,
  { store, bus }: House,
  report: (text: string) => void,
): Promise<Readonly<Record<string, Figure>>> => {
  report('OCPI 2.3.0')
  const peer = startPeer(python)
  const partner = await startStrangePartner('2.3.0')
  const port = await getPort({ host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${port}`
  for (const identifier of ['hubclientinfo', 'chargingprofiles'])
    for (const role of ['SENDER', 'RECEIVER'] as const)
      partner.endpoints.push({ identifier, role, url: `${partner.origin}/${role.toLowerCase()}/${identifier}` })
  const ocpi = createOcpiService({
    store,
    bus,
    clock: () => new Date(),
    log: pino({ level: 'silent' }),
    origin,
    party: { country_code: 'FR', party_id: 'WRN', name: 'Werenode' },
    versions: ['2.3.0'],
    pullEveryMs: 0,
    carryOut: async () => ({ result: 'ACCEPTED' }),
    outbox: { firstPauseMs: 50, longestPauseMs: 200 },
  })
  const figures: Record<string, Figure> = { '2.3.0 packages': { value: packages230.join(', '), holds: true } }
  const equal = (what: string, value: number | string | boolean, bar: number | string | boolean): void => {
    figures[`2.3.0 ${what}`] = { value, bar, holds: value === bar }
  }
  try {
    await ocpi.start()
    await ocpi.listen({ port })
    const made = async (write: string, object: object): Promise<object> =>
      ((await peer({ write, object })) as { object: object }).object
    const theirs = {
      locations: [await made('Location', theirLocation)],
      tariffs: [await made('Tariff', theirTariff)],
      tokens: [await made('Token', theirToken)],
      hubclientinfo: [await made('HubClientInfo', { ...them, role: 'EMSP', status: 'CONNECTED', last_updated: at })],
    }
    partner.behave(({ method, path }) => {
      const kind = path.split('/').at(-1) as keyof typeof theirs
      return method === 'GET' && Object.hasOwn(theirs, kind)
        ? { data: theirs[kind], headers: { 'x-total-count': '1', 'x-limit': '50' } }
        : undefined
    })
    const { id } = await ocpi.partners.add({ url: partner.versionsUrl, token: 'token-A' })
    for (const kind of ['locations', 'tariffs', 'tokens', 'hubclientinfo'] as const) {
      const { objects, bad } = await ocpi.pull(id, kind, { full: true })
      equal(`${kind} that ocpi-types wrote, taken by us`, `${objects}, ${bad} bad`, '1, 0 bad')
    }

    await ocpi.putOwn('tariffs', tariff())
    await ocpi.putOwn('locations', location())
    await ocpi.putOwn('tokens', { ...theirToken, country_code: 'FR', party_id: 'WRN', uid: 'OURCARD1' } as never)
    const charge = await ocpi.charges.expect(expected('CHARGE-230', peersCard))
    await ocpi.charges.started(charge, new Date('2026-11-22T10:00:00Z'))
    await settled(ocpi, id)

    // The client reads what a 2.3.0 partner may read, each at the address its role has.
    const token = partner.token()
    const ask = async (question: string, base: string, ...args: readonly unknown[]) =>
      (await peer({ ask: question, base: `${origin}/ocpi${base}`, token, args })) as {
        answer?: Record<string, readonly Record<string, unknown>[]>
        refused?: string
      }
    const read = async (what: string, question: string, base: string): Promise<void> => {
      const { answer, refused } = await ask(question, base, 0, 50)
      equal(`${what} read by the client`, refused ?? Object.values(answer!)[0]!.length, what === 'client infos' ? 2 : 1)
    }
    await read('locations', 'get_locations', '/cpo/2.3.0')
    await read('tariffs', 'get_tariffs', '/cpo/2.3.0')
    await read('tokens', 'get_tokens', '/emsp/2.3.0')
    await read('client infos', 'list_hub_client_info', '/2.3.0')
    const stop = await ask('stop_session', '/cpo/2.3.0', {
      make: 'StopSessionCommand',
      with: { response_url: `${partner.origin}/results/1`, ...them, session_id: charge },
    })
    equal(
      'STOP_SESSION asked by the client',
      stop.refused ?? String((stop.answer as unknown as { result: string }).result),
      'ACCEPTED',
    )
    const result = await eventually(async () => partner.asked.find(({ path }) => path === '/results/1'))

    await ocpi.charges.meter(charge, new Date('2026-11-22T10:30:00Z'), 5_000)
    await ocpi.charges.ended(charge, new Date('2026-11-22T11:00:00Z'), 11_250)
    await settled(ocpi, id)

    // Every message of ours that has a type there, by what it was.
    const verdicts = new Map<string, string[]>()
    for (const one of [...partner.asked, result]) {
      const kind = kindOf(one)
      if (kind === undefined) continue
      const verdict = (await peer({ read: kind, object: one.body })) as {
        same?: true
        lost?: string[]
        refused?: string
      }
      const words = verdict.same ? [] : [verdict.refused ?? `does not know ${verdict.lost!.join(', ')}`]
      verdicts.set(kind, [...(verdicts.get(kind) ?? []), ...words])
    }
    for (const kind of ['Credentials', 'Location', 'Tariff', 'Token', 'Session', 'Cdr', 'CommandResult']) {
      const words = verdicts.has(kind) ? verdicts.get(kind)!.join('; ') || 'the same' : 'never sent'
      equal(`${kind} of ours by ocpi-types and back`, words, 'the same')
    }
    const { data } = (await (
      await fetch(`${origin}/ocpi/2.3.0/hubclientinfo`, {
        headers: { authorization: `Token ${Buffer.from(token).toString('base64')}` },
      })
    ).json()) as { data: readonly object[] }
    const infos = await Promise.all(data.map((object) => peer({ read: 'HubClientInfo', object })))
    equal('client infos of ours by ocpi-types and back', infos.filter((one) => (one as { same?: true }).same).length, 2)
    equal('objects they refuse', (await ocpi.partners.get(id)).refused, 0)
    return figures
  } finally {
    await ocpi.stop()
    await partner.stop()
    await peer.stop()
  }
}

/** Our requests by the type of their body. A change of part of an object has none. */
const kindOf = ({ method, path, body }: Asked): string | undefined => {
  if (body === undefined || method === 'PATCH') return undefined
  if (path.endsWith('/credentials')) return 'Credentials'
  if (path.startsWith('/results/')) return 'CommandResult'
  const found = /\/receiver\/(locations|tariffs|tokens|sessions|cdrs)/.exec(path)?.[1]
  const names = {
    locations: 'Location',
    tariffs: 'Tariff',
    tokens: 'Token',
    sessions: 'Session',
    cdrs: 'Cdr',
  }
  return found === undefined ? undefined : names[found as keyof typeof names]
}

const settled = async (ocpi: ReturnType<typeof createOcpiService>, id: string): Promise<void> => {
  await eventually(async () => (await ocpi.partners.get(id)).waiting === 0, 30_000)
}

/** One question, one answer, in order. */
const startPeer = (python: string) => {
  const child = spawn(python, [join(import.meta.dirname, 'peer230.py')], {
    env: { PATH: process.env.PATH ?? '', NO_PROXY: '127.0.0.1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting: ((answer: unknown) => void)[] = []
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(JSON.parse(line)))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const peer = (question: object): Promise<unknown> =>
    Promise.race([
      new Promise<unknown>((resolve) => {
        waiting.push(resolve)
        child.stdin.write(`${JSON.stringify(question)}\n`)
      }),
      ended.then(() => {
        throw new Error('The packages’ process ended')
      }),
    ])
  return Object.assign(peer, {
    stop: async (): Promise<void> => {
      child.stdin.end()
      await ended
    },
  })
}

const theirLocation = {
  ...them,
  id: 'PEER-1',
  publish: true,
  address: 'Hauptstr. 1',
  city: 'Berlin',
  country: 'DEU',
  coordinates: { latitude: '52.520008', longitude: '13.404954' },
  time_zone: 'Europe/Berlin',
  evses: [
    {
      uid: 'PEER-EVSE-1',
      evse_id: 'DE*ABC*EPEER1',
      status: 'AVAILABLE',
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2',
          format: 'SOCKET',
          power_type: 'AC_3_PHASE',
          max_voltage: 230,
          max_amperage: 32,
          tariff_ids: ['PEER-T'],
          last_updated: at,
        },
      ],
      last_updated: at,
    },
  ],
  last_updated: at,
}
const theirTariff = {
  ...them,
  id: 'PEER-T',
  currency: 'EUR',
  tax_included: 'NO',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.4, vat: 19, step_size: 1 }] }],
  last_updated: at,
}
const theirToken = {
  ...them,
  uid: 'PEERCARD1',
  type: 'RFID',
  contract_id: 'DE-ABC-C00001',
  issuer: 'Peer',
  valid: true,
  whitelist: 'ALLOWED',
  last_updated: at,
}
