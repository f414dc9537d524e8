import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { isInward, mustBeOutward, safePost } from './safe-post.ts'

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '169.254.169.254',
  '172.31.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '0.0.0.0',
  '::1',
  '::',
  'fe80::1',
  'fd00::1',
  '::ffff:10.0.0.1',
  '2002:7f00:1::',
  'ff02::1',
  '64:ff9b::7f00:1',
  'no address',
])('%s is inward', (address) => {
  expect(isInward(address)).toBe(true)
})

test.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '172.32.0.1'])('%s is not', (address) => {
  expect(isInward(address)).toBe(false)
})

test.each([
  'http://example.com/hook',
  'https://localhost/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://user:pass@example.com/',
  'https://metadata.internal/',
  'https://router.local/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'nonsense',
])('%s cannot be called', (url) => {
  expect(() => mustBeOutward(url)).toThrow('cannot be called')
})

test('a name that leads to this machine is not connected to, even when the name looks public', async () => {
  // Resolves by the hosts file, as a hostile name server would answer.
  await expect(safePost('https://localhost.localdomain.example.invalid/', { headers: {}, body: '' })).rejects.toThrow()
})

test('redirects are not followed, and an endless answer is cut', async () => {
  let calls = 0
  const server = createServer((request, answer) => {
    calls += 1
    if (request.url === '/redirect') answer.writeHead(302, { location: '/endless' }).end()
    else {
      answer.writeHead(200)
      const more = (): void => {
        if (!answer.destroyed && answer.write('x'.repeat(65_536))) setImmediate(more)
      }
      answer.on('drain', more)
      more()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = (path: string) => safePost(`${base}${path}`, { headers: {}, body: 'x' }, { allowInward: true })
  expect((await post('/redirect')).status).toBe(302)
  expect(calls).toBe(1)
  expect((await post('/endless')).body.length).toBe(16_384)
  server.closeAllConnections()
  server.close()
})
