import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const portal = join(import.meta.dirname, '..')

/** Files of other rooms that pages fetch: the map's worker and base map, the brand. */
export const copyAssets = (): void => {
  const to = (...path: string[]): string => join(portal, 'static', ...path)
  rmSync(to('map'), { recursive: true, force: true })
  rmSync(to('brand'), { recursive: true, force: true })
  mkdirSync(to('map'), { recursive: true })
  const maplibre = join(dirname(require.resolve('maplibre-gl/package.json')), 'dist')
  for (const file of ['maplibre-gl-worker.mjs', 'maplibre-gl-shared.mjs']) cpSync(join(maplibre, file), to('map', file))
  const map = dirname(require.resolve('@werenode/map/package.json'))
  cpSync(join(map, 'base', 'europe.pmtiles'), to('map', 'europe.pmtiles'))
  const design = dirname(require.resolve('@werenode/design/package.json'))
  cpSync(join(design, 'brand'), to('brand'), { recursive: true })
}
