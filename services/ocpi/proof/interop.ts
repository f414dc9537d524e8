import type { Bus, Store } from '@werenode/core'
import getPort from 'get-port'
import { pino } from 'pino'
import { createOcpiService } from '../src/service.ts'
import { expected, location, peersCard, tariff } from '../test/samples.ts'
import { library, type PythonPeer, startPythonPeer } from './python-peer.ts'

interface Figure {
  readonly value: number | string | boolean
  readonly bar?: number | string | boolean
  readonly holds: boolean
}
type House = { readonly store: Store; readonly bus: Bus; close(): Promise<void> }

/**
 * Registers with a public OCPI library, unmodified, and does with it what partners do: reads its objects page by page, sends ours, asks
 * its tokens, commands its plugs, takes what it pushes, renews and ends. One figure a step and version.
 */
export const proveInterop = async (deps: {
  python: string
  open: () => Promise<House>
  report: (text: string) => void
}): Promise<Readonly<Record<string, Figure>>> => {
  const figures: Record<string, Figure> = {
    library: { value: `${library.name} ${library.version}`, holds: true },
  }
  for (const version of ['2.2.1', '2.1.1'] as const) {
    deps.report(`OCPI ${version}`)
    const peer = await startPythonPeer(deps.python, version)
    const house = await deps.open()
    try {
      Object.assign(figures, await exchange(house, peer, version))
    } finally {
      await house.close()
      await peer.stop()
    }
  }
  return figures
}

const exchange = async ({ store, bus }: House, peer: PythonPeer, version: '2.1.1' | '2.2.1') => {
  const port = await getPort({ host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${port}`
  const clock = () => new Date()
  const ocpi = createOcpiService({
    store,
    bus,
    clock,
    log: pino({ level: 'silent' }),
    origin,
    party: { country_code: 'FR', party_id: 'WRN', name: 'Werenode' },
    pullEveryMs: 0,
    pageLimits: { ask: 2 },
    outbox: { firstPauseMs: 50, longestPauseMs: 200 },
  })
  await ocpi.start()
  await ocpi.listen({ port })
  const figures: Record<string, Figure> = {}
  const name = (what: string): string => `${version} ${what}`
  const equal = (what: string, value: number | string | boolean, bar: number | string | boolean): void => {
    figures[name(what)] = { value, bar, holds: value === bar }
  }
  try {
    const partner = await ocpi.partners.add({ url: peer.versionsUrl, token: peer.tokenA })
    equal('registered', partner.state, 'registered')

    const pulled = await ocpi.pull(partner.id, 'locations', { full: true })
    equal('locations read of 5, in pages of 2', pulled.objects, 5)
    equal('tariffs read', (await ocpi.pull(partner.id, 'tariffs')).objects, 1)
    equal('tokens read', (await ocpi.pull(partner.id, 'tokens')).objects, 1)

    const _forParty = { country_code: 'DE', party_id: 'ABC' }
    await ocpi.putOwn('tariffs', tariff())
    await ocpi.putOwn('locations', location())
    await ocpi.putOwn('tokens', ownToken)
    const charge = await ocpi.charges.expect(expected('CHARGE-1', peersCard))
    await ocpi.charges.started(charge, new Date('2026-11-22T10:00:00Z'))
    await ocpi.charges.meter(charge, new Date('2026-11-22T10:30:00Z'), 5_000)
    await ocpi.charges.ended(charge, new Date('2026-11-22T11:00:00Z'), 11_250)
    await settled(ocpi, partner.id)
    // Its CDR of 2.1.1 asks for `end_date_time`, which that version calls `stop_date_time` (mod_cdrs 3.1): it refuses any true one.
    const refuses = version === '2.1.1' ? ['cdrs'] : []
    for (const module of ['tariffs', 'locations', 'tokens', 'sessions', 'cdrs'].filter((one) => !refuses.includes(one)))
      equal(`${module} sent and held there`, Object.keys(await peer.held(module)).length, 1)

    const [first, ...others] = location().evses!
    const at = clock().toISOString()
    const busy = { ...first!, status: 'BLOCKED' as const, last_updated: at }
    await ocpi.putOwn('locations', { ...location(), evses: [busy, ...others], last_updated: at })
    await settled(ocpi, partner.id)
    const [held] = Object.values(await peer.held('locations'))
    const there = (held?.evses as readonly { uid: string; status: string }[] | undefined)?.find(
      ({ uid }) => uid.toLowerCase() === first!.uid.toLowerCase(),
    )
    equal('status sent as a change and held there', there?.status ?? 'none', 'BLOCKED')

    const verdict = await ocpi.authorizeToken({ uid: 'PEERCARD1', type: 'RFID' })
    equal('their token asked of them', `${verdict.allowed} by ${verdict.by}`, 'ALLOWED by issuer')

    // The library answers commands but does not list them among its endpoints, so nobody may send it any.
    figures[name('modules it offers')] = { value: partner.modules.join(', '), holds: true }

    const { token, ours } = await peer.tokens()
    const pushed = await fetch(`${peer.origin}/push/${version}`, {
      method: 'POST',
      headers: {
        authorization: `Token ${version === '2.1.1' ? token : Buffer.from(token).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        module_id: 'locations',
        object_id: 'PEER-5',
        receivers: [{ endpoints_url: `${origin}/ocpi/${version}`, auth_token: ours }],
      }),
    })
    const took = pushed.ok
      ? ((await pushed.json()) as { receiver_responses: { status_code: number }[] }).receiver_responses[0]?.status_code
      : `HTTP ${pushed.status}`
    equal('their push taken by us', took ?? 'nothing', 200)

    const view = await ocpi.partners.get(partner.id)
    equal('objects they refuse', view.refused, refuses.length)
    if (refuses.length > 0)
      equal('what they refuse, told in words', /end_date_time/.test(view.lastTroubles[0]?.message ?? ''), true)
    figures[name('deviations told to their operator')] = { value: view.deviations.length, holds: true }
    await ocpi.partners.remove(partner.id)
    equal('ended', (await ocpi.partners.get(partner.id)).state, 'unregistered')
    return figures
  } catch (error) {
    const troubles = (await ocpi.partners.list())[0]?.lastTroubles[0]?.message
    figures[name('went through')] = {
      value: `${error instanceof Error ? error.message : error}; ${troubles ?? ''}`,
      holds: false,
    }
    return figures
  } finally {
    await ocpi.stop()
  }
}

/** Until the partner is owed nothing. */
const settled = async (ocpi: ReturnType<typeof createOcpiService>, id: string): Promise<void> => {
  for (const until = performance.now() + 15_000; performance.now() < until; ) {
    if ((await ocpi.partners.get(id)).waiting === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const ownToken = {
  country_code: 'FR',
  party_id: 'WRN',
  uid: 'WRN-CARD-1',
  type: 'RFID',
  contract_id: 'FR-WRN-C00000001',
  issuer: 'Werenode',
  valid: true,
  whitelist: 'ALLOWED',
  last_updated: '2026-11-22T08:00:00.000Z',
} as const
