import { TimeoutError } from '@nats-io/nats-core'
import { expect, test } from 'vitest'
import { whenReady } from './when-ready.ts'

test('waits for servers that do not answer yet, and says so when they never do', async () => {
  let asked = 0
  const late = async () => {
    asked += 1
    if (asked < 3) throw new TimeoutError()
    return 'leader'
  }
  expect(await whenReady(late)).toBe('leader')
  await expect(whenReady(() => Promise.reject(new TimeoutError()), 0)).rejects.toMatchObject({
    code: 'store-unavailable',
    hint: expect.stringContaining('leader'),
  })
})

test('passes on at once what waiting does not help', async () => {
  await expect(whenReady(() => Promise.reject(new Error('not allowed')))).rejects.toThrow('not allowed')
})
