import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { markSvg } from '../../brand/brand.ts'
import { themeNames } from '../../tokens/theme-name.ts'
import { galleryHtml } from '../gallery.ts'

// `node src/assets/png/write.ts` draws the app icons (brand/icon-*.png) and the gallery of every theme (preview/*.png) with Chromium.
// CHROMIUM names the program where it is called otherwise.
const run = promisify(execFile)
const chromium = process.env.CHROMIUM ?? 'chromium'
const root = fileURLToPath(new URL('../../../', import.meta.url))
const scratch = await mkdtemp(join(tmpdir(), 'werenode-design-'))

const shoot = async (html: string, width: number, height: number, target: string): Promise<void> => {
  const page = join(scratch, 'page.html')
  await writeFile(page, html)
  await run(chromium, [
    '--headless=new',
    '--no-sandbox',
    '--disable-quic',
    '--hide-scrollbars',
    '--default-background-color=00000000',
    `--user-data-dir=${join(scratch, 'profile')}`,
    `--window-size=${width},${height}`,
    `--screenshot=${join(root, target)}`,
    `file://${page}`,
  ])
  console.log(`drew ${target}, ${width} x ${height}`)
}

try {
  // Stores and phones round the corners of 180 and 1024 themselves.
  for (const [size, round] of [
    [32, true],
    [180, false],
    [192, true],
    [512, true],
    [1024, false],
  ] as const)
    await shoot(
      `<style>body{margin:0}svg{display:block}</style>${markSvg({ size, round })}`,
      size,
      size,
      `brand/icon-${size}.png`,
    )
  if (process.argv.includes('--gallery'))
    for (const theme of themeNames) await shoot(galleryHtml(theme), 1240, 2700, `preview/${theme}.png`)
} finally {
  await rm(scratch, { recursive: true, force: true })
}
