import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, extname, join, normalize, resolve } from 'node:path'
import { type Point, pointsJson } from './points.ts'

const root = resolve(import.meta.dirname, '..', '..', '..')
/** A package as a room sees it. */
const packageOf = (room: string, name: string): string => realpathSync(join(root, room, 'node_modules', name))

/** Packages of others that the map imports, by the file a browser runs. */
const foreign = (): Readonly<Record<string, string>> => {
  const pmtiles = packageOf('packages/map', 'pmtiles')
  const vectorTile = packageOf('packages/map', '@mapbox/vector-tile')
  return {
    'maplibre-gl': join(packageOf('packages/map', 'maplibre-gl'), 'dist/maplibre-gl.mjs'),
    pmtiles: join(pmtiles, 'dist/esm/index.js'),
    '@mapbox/vector-tile': join(vectorTile, 'index.js'),
    '@mapbox/point-geometry': join(dirname(vectorTile), 'point-geometry/index.js'),
    pbf: join(packageOf('packages/map', 'pbf'), 'index.js'),
    fflate: join(dirname(pmtiles), 'fflate/esm/browser.js'),
    'decimal.js': join(packageOf('packages/core', 'decimal.js'), 'decimal.mjs'),
  }
}

const own = {
  '@werenode/map': 'packages/map/src/index.ts',
  '@werenode/map/style': 'packages/map/src/style/index.ts',
  '@werenode/map/behaviours': 'packages/map/behaviours/index.ts',
  '@werenode/map/web': 'packages/map/web/index.ts',
  '@werenode/map/sketch': 'packages/map/web/sketch/index.ts',
  '@werenode/core': 'packages/core/src/index.ts',
  '@werenode/design': 'packages/design/src/index.ts',
  '@werenode/design/tokens': 'packages/design/src/tokens/index.ts',
  '@werenode/design/plug': 'packages/design/src/plug/index.ts',
} as const

const page = (imports: Readonly<Record<string, string>>, css: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Map</title>
<style>html,body,#map{margin:0;height:100%;width:100%}</style><style>${css}</style>
<script type="importmap">${JSON.stringify({ imports })}</script></head>
<body><div id="map"></div></body></html>`

/**
 * Serves the map package to a browser as it is: types are stripped on the way, imports are found by an import map. No bundler. The points
 * lie beside it, and the bundled maps of the apps (`bundleAppMaps`) where there are any.
 */
export const servePage = async (
  points: readonly Point[],
  appMaps?: string,
): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const others = foreign()
  const imports = {
    ...Object.fromEntries(Object.entries(own).map(([name, file]) => [name, `/tree/${file}`])),
    ...Object.fromEntries(Object.keys(others).map((name) => [name, `/foreign/${name}`])),
  }
  const css = await readFile(join(dirname(others['maplibre-gl']!), 'maplibre-gl.css'), 'utf8')
  const geojson = pointsJson(points)
  const load = async (path: string): Promise<{ body: string | Buffer; type: string }> => {
    if (path === '/') return { body: page(imports, css), type: 'text/html; charset=utf-8' }
    if (path === '/points.json') return { body: geojson, type: 'application/json' }
    if (path === '/worker.mjs')
      return {
        body: await readFile(join(dirname(others['maplibre-gl']!), 'maplibre-gl-worker.mjs')),
        type: 'text/javascript',
      }
    const app = /^\/apps\/(\w+\.(js|css))$/.exec(path)
    if (appMaps !== undefined && app !== null)
      return {
        body: await readFile(join(appMaps, app[1]!)),
        type: app[2] === 'js' ? 'text/javascript' : 'text/css',
      }
    // Each app has the map's files at an address of its own.
    const beside = /\/map\/(maplibre-gl-(?:worker|shared)\.mjs)$/.exec(path)
    if (beside !== null)
      return { body: await readFile(join(dirname(others['maplibre-gl']!), beside[1]!)), type: 'text/javascript' }
    if (path.endsWith('/europe.pmtiles'))
      return { body: await readFile(join(root, 'packages/map/base/europe.pmtiles')), type: 'application/octet-stream' }
    if (path.startsWith('/foreign/'))
      return { body: await readFile(others[path.slice('/foreign/'.length)] ?? ''), type: 'text/javascript' }
    if (!/^\/tree\/packages\/(map|core|design)\//.test(path)) throw new Error(`${path} is not served`)
    const file = join(root, normalize(path.slice('/tree/'.length)))
    const text = await readFile(file, 'utf8')
    return { body: extname(file) === '.ts' ? stripTypeScriptTypes(text) : text, type: 'text/javascript' }
  }
  const server = createServer((request, response) => {
    load(request.url!.split('?')[0]!).then(
      ({ body, type }) => response.setHeader('content-type', type).end(body),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
