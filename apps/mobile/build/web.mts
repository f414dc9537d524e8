import { resolve } from 'node:path'
import { copyAssets } from './assets.mts'
import { configure } from './configure.mts'
import { app, expo } from './expo.mts'

/** Builds the app for browsers into `dist/web` (or the folder named), with nothing from the network. */
const out = resolve(app, process.argv[2] ?? 'dist/web')
await expo('export', '--platform', 'web', '--output-dir', out)
copyAssets(out)
configure(out)
