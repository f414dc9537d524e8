import { cp, mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

/**
 * Builds the app into a folder. The same sources give the same bytes: names come from contents, nothing of time, machine or place is in
 * them. Where the copy works is not part of it (see place.ts).
 */
export const buildDefev = async (folder: string): Promise<void> => {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    base: './',
    mode: 'production',
    // Not left to NODE_ENV: the development form of JSX writes this machine's paths into the app.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.WERENODE_FAULT': 'undefined' },
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: { polyfill: false },
      // Nothing inside the page but links: the policy allows no inline script, style or data font.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2_000,
    },
  })
  const map = join(folder, 'map')
  await mkdir(map, { recursive: true })
  const maplibre = join(dirname(require.resolve('maplibre-gl/package.json')), 'dist')
  for (const name of ['maplibre-gl-worker.mjs', 'maplibre-gl-shared.mjs'])
    await cp(join(maplibre, name), join(map, name))
  await cp(require.resolve('@werenode/map/base/europe.pmtiles'), join(map, 'europe.pmtiles'))
}

if (process.argv[1] === import.meta.filename) await buildDefev(resolve(process.argv[2] ?? join(root, 'dist')))
