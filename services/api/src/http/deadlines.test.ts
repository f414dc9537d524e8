import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { createDeadlines } from './deadlines.ts'
import { createServer } from './server.ts'

const app = createServer({ log: pino({ level: 'silent' }) })
const deadlines = createDeadlines(100)
const held = Promise.withResolvers<void>()
app.get<{ Params: { what: string } }>('/:what', (request, reply) =>
  deadlines.within(request, reply, async () => {
    if (request.params.what === 'late') await held.promise
    if (request.params.what === 'broken') throw new Error('broken')
    return { was: request.params.what }
  }),
)
afterAll(() => app.close())

test('a handler that takes too long is answered for, each in its turn, and what it comes to later harms nothing', async () => {
  const first = app.inject('/late')
  await pause(30)
  const second = app.inject('/late')
  for (const answer of await Promise.all([first, second])) {
    expect(answer.statusCode).toBe(504)
    expect(answer.json()).toMatchObject({ code: 'timeout' })
  }
  held.resolve()
  expect((await app.inject('/quick')).json()).toEqual({ was: 'quick' })
})

test('an answer in time and a failure are what they were', async () => {
  expect((await app.inject('/quick')).statusCode).toBe(200)
  expect((await app.inject('/broken')).json()).toMatchObject({ code: 'internal' })
})
