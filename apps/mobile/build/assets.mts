import { cpSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const roomOf = (name: string): string => dirname(require.resolve(`${name}/package.json`))

/** Puts the files of other rooms that the page fetches beside it: the map's worker and base map, the brand. */
export const copyAssets = (out: string): void => {
  const to = (...path: string[]): string => join(out, ...path)
  mkdirSync(to('map'), { recursive: true })
  for (const file of ['maplibre-gl-worker.mjs', 'maplibre-gl-shared.mjs'])
    cpSync(join(roomOf('maplibre-gl'), 'dist', file), to('map', file))
  cpSync(join(roomOf('@werenode/map'), 'base', 'europe.pmtiles'), to('map', 'europe.pmtiles'))
  const brand = join(roomOf('@werenode/design'), 'brand')
  for (const file of ['icon-180.png', 'icon-192.png', 'icon-512.png']) cpSync(join(brand, file), to(file))
  cpSync(join(brand, 'favicon.svg'), to('icon.svg'))
}
