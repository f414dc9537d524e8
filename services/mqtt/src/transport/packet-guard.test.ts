import { expect, it } from 'vitest'
import { createPacketGuard } from './packet-guard.ts'

const guard = (more: { maxPacketBytes?: number; burst?: number; now?: () => number } = {}) =>
  createPacketGuard({ maxPacketBytes: 1000, packetsPerS: 10, burst: 5, now: () => 0, ...more })
/** A PUBLISH of so many bytes after its fixed header. */
const packet = (bytes: number): Buffer => {
  const length: number[] = []
  let left = bytes
  do {
    length.push((left % 128) | (left >= 128 ? 0x80 : 0))
    left = Math.floor(left / 128)
  } while (left > 0)
  return Buffer.concat([Buffer.from([0x30, ...length]), Buffer.alloc(bytes)])
}

it('lets packets through however they are cut', () => {
  const bytes = Buffer.concat([packet(10), packet(0), packet(300)])
  for (const size of [1, 2, 3, 7, 400]) {
    const watch = guard()
    for (let at = 0; at < bytes.length; at += size) expect(watch(bytes.subarray(at, at + size))).toBeUndefined()
  }
})
it('stops a large packet at its announcement, before its bytes', () => {
  expect(guard()(packet(5000).subarray(0, 4))).toBe('too-large')
})
it('stops a length that never ends', () => {
  expect(guard({ maxPacketBytes: 2 ** 40 })(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01]))).toBe('malformed')
})
it('stops more packets than are allowed, and forgives with time', () => {
  let now = 0
  const watch = guard({ now: () => now })
  for (let count = 0; count < 5; count += 1) expect(watch(packet(1))).toBeUndefined()
  now = 200
  expect(watch(Buffer.concat([packet(1), packet(1)]))).toBeUndefined()
  expect(watch(packet(1))).toBe('too-fast')
})
