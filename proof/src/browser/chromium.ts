import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { EquipmentMissing } from '../figures.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The browser of this machine: `CHROMIUM`, or the first of its usual names on PATH. Throws EquipmentMissing without one. `more`: arguments besides. */
export const openChromium = async (port?: number, more: readonly string[] = []): Promise<Browser> => {
  const named = process.env.CHROMIUM
  const found =
    named ??
    (process.env.PATH ?? '')
      .split(delimiter)
      .flatMap((folder) => names.map((name) => join(folder, name)))
      .find((path) => existsSync(path))
  if (found === undefined)
    throw new EquipmentMissing(
      'No Chromium on this machine: install it (apt install chromium), or name one by CHROMIUM.',
    )
  return chromium.launch({
    executablePath: found,
    args: [
      ...(port === undefined ? [] : [`--remote-debugging-port=${port}`]),
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      ...more,
    ],
  })
}
