import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openMemoryStore } from '@werenode/store'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../node/folders.ts'
import { createParts } from '../node/parts.ts'
import { choosePort } from '../node/ports.ts'
import { startObservatory } from './observatory.ts'

const folder = join(root, 'deploy', 'observability')
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
const named = (text: string): string[] => [...new Set(text.match(/werenode_[a-z_]+/g) ?? [])]

describe('dashboards and alerts', { timeout: 60_000 }, () => {
  const parts = createParts()
  afterAll(() => parts.stop())

  it('use only what a process of the house tells', async () => {
    const store = await openMemoryStore()
    await store.define([
      { name: 'bus_events' },
      { name: 'ocpp_links' },
      { name: 'manager_sessions' },
      { name: 'manager_ledger' },
    ])
    const port = await choosePort(0, '127.0.0.1')
    const log = { warn: (about: { err: unknown }) => expect.fail(String(about.err)) }
    const observatory = await startObservatory({ port, host: '127.0.0.1', parts, log: log as never })
    observatory.stations(() => 3)
    observatory.house(store, { stats: () => ({ groups: [{ group: 'g', lag: 1, subjects: 0, failing: 0 }] }) } as never)
    observatory.money(store)
    observatory.onMetric({ kind: 'commit', events: 1, durationMs: 5, ok: true })
    observatory.onMetric({ kind: 'delivery', group: 'g', type: 't', durationMs: 5, ok: true })
    observatory.onMetric({ kind: 'request', subject: 'a.b', durationMs: 5, outcome: 'ok' })
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503)
    observatory.ready()
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
    const told = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    const names = new Set(told.split('\n').flatMap((line) => /^([a-z_]+)[{ ]/.exec(line)?.[1] ?? []))
    for (const file of ['dashboard.json', 'alerts.yaml'])
      for (const name of named(read(file)))
        expect(names.has(name), `${file} names ${name}, which /metrics does not tell`).toBe(true)
    expect(told).toContain('werenode_ledger_imbalance_micro 0')
    await store.close()
  })

  it('name a runbook that exists for every alert', () => {
    const alerts = read('alerts.yaml')
    const runbooks = alerts.match(/docs\/runbooks\/[a-z-]+\.md/g) ?? []
    expect(runbooks.length).toBe(alerts.match(/- alert:/g)?.length)
    for (const runbook of runbooks) expect(existsSync(join(root, runbook)), runbook).toBe(true)
  })
})
