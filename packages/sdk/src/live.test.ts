import { expect, test } from 'vitest'
import type { Http } from './http.ts'
import { followSession } from './live.ts'
import { createReadings } from './readings.ts'
import { memoryStorage } from './storage.ts'

const over = { id: '0x01', state: 'settled' }
const block = (event: string, data: object, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
/** A session that is over: as it is, then its events from the first to the one that ended it. */
const told = [
  block('session.view', over),
  block('session.meter', { type: 'session.meter', seq: 5, at: '2026-11-22T10:00:00.000Z', data: { energyWh: 7 } }, 5),
  block('session.state', { type: 'session.state', seq: 6, at: '2026-11-22T10:01:00.000Z', data: { view: over } }, 6),
].join('')

const http: Pick<Http, 'raw'> = { raw: async () => new Response(told) }

const typesOf = async (options: object): Promise<readonly string[]> => {
  const types: string[] = []
  for await (const { type } of followSession(http as Http, createReadings(memoryStorage()), '0x01' as never, options))
    types.push(type)
  return types
}

test('a session that is over is told as it is, and no more', async () => {
  expect(await typesOf({ fromStart: true })).toEqual(['session.view'])
})

test('its course is told from the first event to the last when that is wanted', async () => {
  expect(await typesOf({ fromStart: true, evenIfOver: true })).toEqual([
    'session.view',
    'session.meter',
    'session.state',
  ])
})
