import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PMTiles } from 'pmtiles'
import { expect, test } from 'vitest'

const file = readFileSync(join(import.meta.dirname, '../base/europe.pmtiles'))
const archive = new PMTiles({
  getKey: () => 'base',
  getBytes: async (offset, length) => ({
    data: file.buffer.slice(file.byteOffset + offset, file.byteOffset + offset + length) as ArrayBuffer,
  }),
})

test('the base map that is committed can be read, and holds Nantes at its deepest zoom', async () => {
  const { minZoom, maxZoom } = await archive.getHeader()
  expect([minZoom, maxZoom]).toEqual([0, 8])
  const tile = await archive.getZxy(8, 126, 89)
  expect(Buffer.from(tile!.data).toString('latin1')).toContain('Nantes')
  expect(await archive.getMetadata()).toMatchObject({ attribution: expect.stringContaining('GeoNames') })
})

test('it is small enough to be fetched at once', () => {
  expect(file.length).toBeLessThan(4_000_000)
})
