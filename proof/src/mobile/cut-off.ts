import type { Page } from 'playwright-core'

/** Words that begin or end outside the screen and cannot be scrolled there sideways. What is evaluated here runs in the browser. */
export const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    interface Part {
      readonly parentElement: Part | null
      readonly textContent: string
      readonly childElementCount: number
      getBoundingClientRect(): { readonly left: number; readonly right: number; readonly width: number }
      closest(selector: string): Part | null
    }
    const { document, getComputedStyle, innerWidth } = globalThis as unknown as {
      document: { querySelectorAll(selector: string): Iterable<Part> }
      getComputedStyle(part: Part): { readonly overflowX: string }
      innerWidth: number
    }
    const scrolls = (part: Part | null): boolean =>
      part !== null && (/auto|scroll/.test(getComputedStyle(part).overflowX) || scrolls(part.parentElement))
    const found: string[] = []
    for (const part of document.querySelectorAll('#root *')) {
      if (part.childElementCount > 0 || part.textContent.trim() === '' || part.closest('.maplibregl-map') !== null)
        continue
      const { left, right, width } = part.getBoundingClientRect()
      if (width > 0 && (left < -1 || right > innerWidth + 1) && !scrolls(part.parentElement))
        found.push(part.textContent.trim().slice(0, 60))
    }
    return found
  })
