import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openPhone, type Phone } from './phone.ts'
import type { Look } from './walks.ts'

const [width, height] = [640, 480]
const [grey, chroma] = [150, 128]

/** Where the browser's camera looks; the film is put there before anybody looks through it. */
export const filmIn = (folder: string): string => join(folder, 'camera.y4m')

/** What makes a Chromium's camera play a film. Permissions stay asked for. */
export const cameraArgs = (film: string): readonly string[] => [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
]

/** A film (YUV4MPEG2) of the code on the sticker of a plug, as the node prints it, held off the middle of the picture. */
export const filmPlug = async (film: string, origin: string, evseId: string): Promise<void> => {
  const svg = await (await fetch(`${origin}/v1/evses/${encodeURIComponent(evseId)}/qr.svg`)).text()
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
  const unit = Math.floor((height - 60) / side)
  const picture = Buffer.alloc(width * height, grey)
  const draw = (x: number, y: number, w: number, h: number, light: number): void => {
    for (let row = y * unit; row < (y + h) * unit; row += 1)
      picture.fill(light, (row + 40) * width + 120 + x * unit, (row + 40) * width + 120 + (x + w) * unit)
  }
  draw(0, 0, side, side, 235)
  for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) draw(Number(x), Number(y), Number(run), 1, 20)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), picture, Buffer.alloc((width * height) / 2, chroma)])
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`)
  writeFileSync(film, Buffer.concat([head, ...Array.from({ length: 5 }, () => frame)]))
}

/** Through the camera to the page of the plug. Returns the number that page names. */
export const scanPlug = async (phone: Phone, origin: string): Promise<string> => {
  const page = phone.page()
  await phone.context.grantPermissions(['camera'], { origin })
  await page.goto(`${origin}/mobile/scan`)
  await page.waitForURL(/\/mobile\/plug\//)
  await page.getByTestId('price').waitFor()
  await phone.context.clearPermissions()
  return ((await page.locator('h1').first().textContent()) ?? '').trim()
}

/** What is said without a camera, and that a number that is typed leads to the plug all the same. */
const typed = async (page: Page, origin: string, words: RegExp, look: () => Promise<void>): Promise<string> => {
  await page.goto(`${origin}/mobile/scan`)
  const said = page.getByText(words)
  await said.waitFor()
  await look()
  const text = ((await said.textContent()) ?? '').trim()
  await page.getByLabel('Number at the plug').fill('frwrne000003')
  await page.getByRole('button', { name: 'Go to the plug' }).click()
  await page.getByTestId('price').waitFor()
  return text
}

/** The permission is refused; and on a machine whose browser has no camera at all. */
export const withoutCamera = async (
  phone: Phone,
  openBare: () => Promise<Browser>,
  origin: string,
  look: Look,
): Promise<{ readonly refused: string; readonly none: string }> => {
  const refused = await typed(phone.page(), origin, /may not use the camera/, () => look(phone.page(), 'scan-refused'))
  const bare = await openBare()
  try {
    const other = await openPhone(bare, origin)
    await other.context.grantPermissions(['camera'], { origin })
    const none = await typed(other.page(), origin, /has no camera/, () => look(other.page(), 'scan-no-camera'))
    return { refused, none }
  } finally {
    await bare.close()
  }
}
