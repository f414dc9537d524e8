import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'

/** Of 100 each. */
export interface Scores {
  readonly performance: number
  readonly accessibility: number
  readonly bestPractices: number
  readonly seo: number
}

/** Installed with the proof's development packages; looked for when it is asked. */
const cli = (): string => createRequire(import.meta.url).resolve('lighthouse/cli/index.js')
const mostMs = 180_000

/** What Lighthouse says of a page at desk width, with the browser of this machine. */
export const scoresOf = async (address: string): Promise<Scores> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      cli(),
      address,
      '--preset=desktop',
      '--output=json',
      '--quiet',
      '--only-categories=performance,accessibility,best-practices,seo',
      '--chrome-flags=--headless=new --no-sandbox --disable-quic --no-first-run --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader',
    ],
    {
      env: { CHROME_PATH: process.env.CHROMIUM ?? 'chromium', ...process.env },
      maxBuffer: 64_000_000,
      timeout: mostMs,
    },
  )
  const { categories } = JSON.parse(stdout) as {
    categories: Readonly<Record<string, { readonly score: number | null }>>
  }
  const score = (name: string): number => Math.round((categories[name]?.score ?? 0) * 100)
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    seo: score('seo'),
  }
}
