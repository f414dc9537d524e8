import { describe, expect, it } from 'vitest'
import { createParts } from './parts.ts'

const begin = (log: string[], name: string) => async () => ({
  part: name,
  stop: async () => void log.push(name),
})

describe('the parts of a node', () => {
  it('stop in the reverse of the order in which they started', async () => {
    const log: string[] = []
    const parts = createParts()
    for (const name of ['chain', 'store', 'api']) await parts.add(name, begin(log, name))
    expect(await parts.stop()).toEqual([])
    expect(log).toEqual(['api', 'store', 'chain'])
  })

  it('stop those that started when a later one does not', async () => {
    const log: string[] = []
    const parts = createParts()
    await parts.add('chain', begin(log, 'chain'))
    await expect(
      parts.add('store', async () => {
        throw new Error('the disk is full')
      }),
    ).rejects.toThrow('the disk is full')
    await parts.stop()
    expect(log).toEqual(['chain'])
  })

  it('go on stopping when one fails or hangs, and name it', async () => {
    const log: string[] = []
    const parts = createParts()
    await parts.add('chain', begin(log, 'chain'))
    await parts.add('store', async () => ({
      part: undefined,
      stop: () => new Promise<void>(() => undefined),
      stopWithinMs: 10,
    }))
    await parts.add('api', async () => ({
      part: undefined,
      stop: async () => {
        throw new Error('broken')
      },
    }))
    expect(await parts.stop()).toEqual(['api', 'store'])
    expect(log).toEqual(['chain'])
  })

  it('stop once, however often they are asked', async () => {
    const log: string[] = []
    const parts = createParts()
    await parts.add('chain', begin(log, 'chain'))
    await Promise.all([parts.stop(), parts.stop()])
    expect(log).toEqual(['chain'])
  })

  it('end a part that came up while the others went down, and start no further one', async () => {
    const log: string[] = []
    const parts = createParts()
    let up: () => void = () => undefined
    const slow = parts.add('store', async () => {
      await new Promise<void>((resolve) => {
        up = resolve
      })
      return { part: undefined, stop: async () => void log.push('store') }
    })
    await parts.stop()
    up()
    await expect(slow).rejects.toThrow('asked to stop')
    expect(log).toEqual(['store'])
    await expect(parts.add('api', begin(log, 'api'))).rejects.toThrow('asked to stop')
    expect(log).toEqual(['store'])
  })
})
