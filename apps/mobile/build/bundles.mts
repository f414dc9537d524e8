import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { app, expo } from './expo.mts'

/** Bundles the app for Android, iOS and the web (or those named), and says how large each became: one JSON line, the last. */
const platforms = process.argv.length > 2 ? process.argv.slice(2) : ['android', 'ios', 'web']
const sizes: Record<string, { readonly bytes: number; readonly zippedBytes: number }> = {}
for (const platform of platforms) {
  const out = join(app, 'dist', platform)
  rmSync(out, { recursive: true, force: true })
  await expo('export', '--platform', platform, '--output-dir', out)
  const code = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(hbc|js)$/.test(name) && /entry-/.test(name))
    .map((name) => join(out, name))
  if (code.length !== 1) throw new Error(`${platform}: one bundle was expected, there are ${code.length}`)
  const bytes = statSync(code[0]!).size
  sizes[platform] = { bytes, zippedBytes: gzipSync(readFileSync(code[0]!), { level: 7 }).length }
}
process.stdout.write(`${JSON.stringify(sizes)}\n`)
