import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'

/** Presses the export button of a table (the page's first without one), and counts the rows of the file, without its head. */
export const exportedRows = async (page: Page, within: Page | Locator = page): Promise<number> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    within.getByRole('button', { name: 'Export (CSV)' }).first().click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  return text.trim().split('\r\n').length - 1
}
