import type { Page } from 'playwright-core'
import { exportedRows } from './exported.ts'

export interface ExportTale {
  readonly table: string
  readonly shown: number
  readonly exported: number
}

/** Tables of the desk that no other walk exports. */
const tabs = ['Stations', 'Plugs', 'Places', 'Tariffs'] as const

/** Each table saved as CSV: how many rows it shows, and how many the file holds. */
export const exportTables = async (page: Page): Promise<readonly ExportTale[]> => {
  const tales: ExportTale[] = []
  for (const table of tabs) {
    await page.getByRole('tab', { name: table }).click()
    const panel = page.getByRole('tabpanel')
    const first = panel.locator('.wn-table').first()
    await first.locator('tr[data-row]').first().waitFor()
    tales.push({
      table: table.toLowerCase(),
      shown: await first.locator('tr[data-row]').count(),
      exported: await exportedRows(page, panel),
    })
  }
  return tales
}
