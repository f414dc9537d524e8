import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { build, type Plugin } from 'vite'

const root = resolve(import.meta.dirname, '..', '..', '..')

/** An app whose own map is put through the behaviours: its room holds `test/map-mount.tsx`. */
export type AppName = 'mobile' | 'defev'
export const appNames: readonly AppName[] = ['mobile', 'defev']

/** What stands behind the names an app imports, where a bundler for browsers has to be told. */
const replaced: Readonly<Record<AppName, () => Record<string, string>>> = {
  defev: () => ({}),
  // As Expo does for the web: React Native's components for browsers.
  mobile: () => ({
    'react-native': dirname(
      createRequire(join(root, 'apps/mobile/package.json')).resolve('react-native-web/package.json'),
    ),
  }),
}

/** The shared renderer as it is; the map it made last is left where the walk finds it. */
const openedMap = (): Plugin => {
  const name = '\0opened-map'
  const real = join(root, 'packages/map/web/index.ts')
  return {
    name: 'opened-map',
    enforce: 'pre',
    resolveId: (id) => (id === '@werenode/map/web' ? name : undefined),
    load: (id) =>
      id === name
        ? `import { createEvseMap as create } from ${JSON.stringify(real)}
export const createEvseMap = (options) => (globalThis.openedMap = create(options))`
        : undefined,
  }
}

/** Bundles the maps of the apps for a page: `NAME.js`, which says `globalThis.mountMap`, and `NAME.css`. `close` removes the folder. */
export const bundleAppMaps = async (): Promise<{ readonly folder: string; close(): Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'werenode-maps-'))
  for (const name of appNames) {
    const entry = join(folder, `${name}.entry.js`)
    const mount = join(root, 'apps', name, 'test', 'map-mount.tsx')
    await writeFile(entry, `import { mountMap } from ${JSON.stringify(mount)}\nglobalThis.mountMap = mountMap\n`)
    await build({
      root: join(root, 'apps', name),
      configFile: false,
      logLevel: 'error',
      mode: 'production',
      plugins: [openedMap()],
      oxc: { jsx: { runtime: 'automatic', development: false } },
      define: { 'process.env.NODE_ENV': '"production"', 'process.env.WERENODE_FAULT': 'undefined' },
      resolve: {
        alias: replaced[name](),
        extensions: ['.web.tsx', '.web.ts', '.tsx', '.ts', '.mjs', '.js', '.json'],
      },
      build: {
        outDir: folder,
        emptyOutDir: false,
        copyPublicDir: false,
        minify: false,
        target: 'es2023',
        cssCodeSplit: false,
        lib: { entry, formats: ['es'], fileName: () => `${name}.js`, cssFileName: name },
      },
    })
  }
  return { folder, close: () => rm(folder, { recursive: true, force: true }) }
}
