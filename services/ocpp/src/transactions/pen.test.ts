import { type Bus, newEvent, WerenodeError } from '@werenode/core'
import { expect, it } from 'vitest'
import { createPen } from './pen.ts'

const event = (id: string) =>
  newEvent({
    id,
    type: 'transaction.orphan',
    at: new Date(0),
    subject: 'transaction.A.1',
    data: { stationId: 'A', transactionId: '1', message: id, receivedAt: '' },
  })

/** A bus whose commits wait for `release`, and fail as told. */
const busOf = (failing: (ids: readonly string[]) => Error | undefined) => {
  const commits: string[][] = []
  const gates: (() => void)[] = []
  const commit = async (_: unknown, events: readonly { id: string }[]) => {
    const ids = events.map(({ id }) => id)
    commits.push(ids)
    await new Promise<void>((resolve) => gates.push(resolve))
    const error = failing(ids)
    if (error) throw error
    return { revs: [], events: [] }
  }
  const release = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) {
      for (const open of gates.splice(0)) open()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { bus: { commit } as unknown as Bus, commits, release }
}

it('what is said in one turn, or while the disk is busy, goes together', async () => {
  const { bus, commits, release } = busOf(() => undefined)
  const pen = createPen(bus)
  const first = [pen([], [event('a')]), pen([], [event('b')])]
  await new Promise((resolve) => setImmediate(resolve))
  const second = [pen([], [event('c')])]
  await new Promise((resolve) => setImmediate(resolve))
  const third = [pen([], [event('d')]), pen([], [event('e')])]
  await new Promise((resolve) => setImmediate(resolve))
  expect(commits).toEqual([['a', 'b']])
  await release()
  await Promise.all([...first, ...second, ...third])
  expect(commits).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ])
})

it('what one station brought about does not befall the others', async () => {
  const { bus, commits, release } = busOf((ids) =>
    ids.includes('bad') ? new WerenodeError('invalid-input', 'no') : undefined,
  )
  const pen = createPen(bus)
  const results = Promise.allSettled([pen([], [event('a')]), pen([], [event('bad')]), pen([], [event('b')])])
  await new Promise((resolve) => setImmediate(resolve))
  await release()
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(commits).toEqual([['a', 'bad', 'b'], ['a'], ['bad'], ['b']])
})

it('no storage is the same for all: nothing is acknowledged', async () => {
  const { bus, commits, release } = busOf(() => new WerenodeError('store-unavailable', 'away'))
  const pen = createPen(bus)
  const results = Promise.allSettled([pen([], [event('a')]), pen([], [event('b')])])
  await new Promise((resolve) => setImmediate(resolve))
  await release()
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(commits).toHaveLength(1)
})
