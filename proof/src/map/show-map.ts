import type { Page } from 'playwright-core'

/** Waits for the map as a person does: where a sketch stands for it, presses its button. Returns whether that was needed. */
export const showMap = async (page: Page, timeoutMs = 60_000): Promise<boolean> => {
  const timeout = { timeout: timeoutMs }
  const drawn = page.locator('[data-ready="true"]')
  const button = page
    .getByRole('button', { name: /^(Show the map|Afficher la carte)$/ })
    .and(page.locator('[aria-disabled="false"]'))
  await drawn.or(button).first().waitFor(timeout)
  const pressed = await button.isVisible()
  if (pressed) await button.click()
  await drawn.waitFor(timeout)
  return pressed
}

/** The places of a sketch, once it shows some. */
export const sketched = async (page: Page, timeoutMs = 60_000): Promise<number> => {
  await page.locator('.wn-sketch[data-marks]:not([data-marks="0"])').waitFor({ timeout: timeoutMs })
  return Number(await page.locator('.wn-sketch').getAttribute('data-marks'))
}
