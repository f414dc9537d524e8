import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { markerSvg } from '@werenode/design/plug'
import { placeStatuses } from '@werenode/map/style'

/** Draws the map's markers as pictures for MapLibre Native, which takes no SVG. Wants a Chromium (`CHROMIUM`, or on PATH). */
const browser = process.env.CHROMIUM ?? 'chromium'
const side = 60
const out = join(import.meta.dirname, '..', 'assets', 'markers')
mkdirSync(out, { recursive: true })
const folder = mkdtempSync(join(tmpdir(), 'markers-'))
try {
  for (const theme of ['light', 'dark'] as const)
    for (const status of placeStatuses) {
      const page = join(folder, 'marker.html')
      writeFileSync(page, `<body style="margin:0">${markerSvg(status, { theme, size: side })}</body>`)
      execFileSync(browser, [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--hide-scrollbars',
        '--default-background-color=00000000',
        '--force-device-scale-factor=1',
        `--window-size=${side},${side}`,
        `--screenshot=${join(out, `${theme}-${status}.png`)}`,
        `file://${page}`,
      ])
    }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
