import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type EventData, errorStatus, type SessionDoor, type StopReason, sessionStates } from '@werenode/core'
import { afterEach, expect, test, vi } from 'vitest'
import { isMessageKey } from './index.ts'

const here = dirname(fileURLToPath(import.meta.url))
const manifest = JSON.parse(readFileSync(resolve(here, '../package.json'), 'utf8')) as {
  exports: Record<string, string>
}
const entries = Object.values(manifest.exports).filter((path) => path.endsWith('.ts'))

/** Every module that an entry brings along. */
const reach = (file: string, seen = new Map<string, readonly string[]>()): Map<string, readonly string[]> => {
  if (seen.has(file)) return seen
  const imports = Array.from(
    readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'/gms),
    (match) => match[1] ?? '',
  )
  seen.set(file, imports)
  for (const path of imports) if (path.startsWith('.')) reach(resolve(dirname(file), path), seen)
  return seen
}

test.each(entries)('%s runs in a browser, in React Native and in Node: it imports nothing but itself', (entry) => {
  const modules = reach(resolve(here, '..', entry))
  expect(modules.size).toBeGreaterThan(1)
  for (const [file, imports] of modules) {
    for (const path of imports) expect(path, file).toMatch(/^\.\.?\/.*\.ts$/)
    const code = readFileSync(file, 'utf8').replaceAll(/\/\*.*?\*\/|\/\/.*?$/gms, '')
    expect(code, file).not.toMatch(/\b(?:process|window|document|Buffer|require)\b[.(]/)
  }
})

test('the package has no dependency at run time', () => {
  expect(manifest).toMatchObject({ dependencies: {} })
})

test('what the core can say has its words here', () => {
  const stopReasons: Record<StopReason, true> = {
    driver: true,
    station: true,
    unplugged: true,
    limit: true,
    operator: true,
    chain: true,
    fault: true,
    'power-lost': true,
  }
  const doors: Record<SessionDoor, true> = { app: true, chain: true, card: true, roaming: true, free: true }
  const warnings: Record<EventData['session.warning']['code'], true> = {
    'deposit-80': true,
    'deposit-95': true,
    'station-offline': true,
    'station-back': true,
    'meter-flagged': true,
    idle: true,
  }
  const keys = [
    ...['quoted', ...sessionStates].flatMap((state) => [`session.state.${state}`, `session.explain.${state}`]),
    ...Object.keys(stopReasons).map((reason) => `session.stop.${reason}`),
    ...Object.keys(doors).map((door) => `session.door.${door}`),
    ...Object.keys(warnings).map((code) => `session.warning.${code}`),
    ...Object.keys(errorStatus).flatMap((code) => [`error.${code}`, `error.${code}.do`]),
  ]
  expect(keys.filter((key) => !isMessageKey(key))).toEqual([])
})

afterEach(() => {
  vi.unstubAllGlobals()
})

test('an engine without Intl.PluralRules (Hermes) still speaks', async () => {
  vi.stubGlobal('Intl', { DateTimeFormat: Intl.DateTimeFormat })
  const { houseWords } = await import('./catalogue/index.ts')
  expect(houseWords('fr')('plug.count', { count: 1 })).toBe('1 prise')
  expect(houseWords('en')('plug.count', { count: 0 })).toBe('0 plugs')
})
