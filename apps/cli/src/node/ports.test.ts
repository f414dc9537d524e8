import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { assertPortsFree } from './ports.ts'

const http = { what: 'the web', host: '127.0.0.1', option: '--port' }
const ocpp = { what: 'stations', host: '127.0.0.1', option: '--ocpp-port' }

describe('the ports of a node', () => {
  it('are refused in one sentence that says which option moves them', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    await expect(assertPortsFree([{ ...http, port }])).rejects.toMatchObject({
      code: 'conflict',
      message: `Port ${port} for the web is in use by another program`,
      hint: expect.stringContaining('--port'),
    })
    await new Promise((resolve) => other.close(resolve))
    await expect(assertPortsFree([{ ...http, port }])).resolves.toBeUndefined()
  })

  it('may not be the same twice, but 0 may', async () => {
    await expect(
      assertPortsFree([
        { ...http, port: 18_080 },
        { ...ocpp, port: 18_080 },
      ]),
    ).rejects.toThrow('asked for twice')
    await expect(
      assertPortsFree([
        { ...http, port: 0 },
        { ...ocpp, port: 0 },
      ]),
    ).resolves.toBeUndefined()
  })
})
