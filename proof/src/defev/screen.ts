import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'

export const shots = join(import.meta.dirname, '..', '..', '..', '.werenode', 'proof', 'defev')
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
let axe: Promise<string> | undefined

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { html: string }[] }[]
}

/** What a whole run saw: hosts that were asked, faults in the console, violations of accessibility. */
export const createEye = () => {
  mkdirSync(shots, { recursive: true })
  const hosts = new Set<string>()
  const faults: string[] = []
  const violations: string[] = []
  const forgiven: string[] = []
  return {
    hosts,
    violations,
    /** Faults of the app; that a request failed is the business of the proof that made it fail. */
    faults: () =>
      faults
        .filter((one) => !forgiven.some((part) => one.includes(part)))
        .filter((one) => !/ERR_FAILED|ERR_EMPTY_RESPONSE|ERR_CONNECTION|Failed to load resource/.test(one)),
    /** What the proof itself provoked. */
    forgive: (...parts: readonly string[]): void => void forgiven.push(...parts),
    watch: (context: BrowserContext): void => {
      context.on('request', (request) => {
        const url = new URL(request.url())
        if (url.protocol.startsWith('http')) hosts.add(url.origin)
      })
      context.on('page', (page) => {
        page.on('pageerror', (error) => faults.push(error.message))
        page.on('console', (message) => {
          if (message.type() === 'error') faults.push(message.text())
        })
      })
    },
    /** Keeps a picture and lets axe look (WCAG 2.2 A and AA). */
    look: async (page: Page, name: string, axeToo = true): Promise<void> => {
      await page.screenshot({ path: join(shots, `${name}.png`) })
      if (!axeToo) return
      axe ??= readFile(axeFile, 'utf8')
      await page.evaluate(await axe)
      const found = (await page.evaluate(
        `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
      )) as AxeResult
      for (const { id, nodes } of found.violations) violations.push(`${name}: ${id} ${nodes[0]?.html.slice(0, 160)}`)
    },
  }
}
export type Eye = ReturnType<typeof createEye>

/** Words and states of the app, waited for. */
export const reader = (page: Page) => ({
  says: (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 60_000 }),
  warns: (sentence: RegExp, withinMs = 60_000) =>
    page.getByRole('alert').getByText(sentence).first().waitFor({ timeout: withinMs }),
  status: (name: string) => page.locator(`[data-status="${name}"]`).waitFor({ timeout: 60_000 }),
  /** What the page says happened, by the chain's own names. */
  steps: (): Promise<string> =>
    page.locator('[data-step]').evaluateAll((items) => items.map((one) => one.getAttribute('data-step')).join(' ')),
  connect: async (): Promise<void> => {
    await page.getByRole('banner').getByRole('button', { name: 'Connect' }).click()
    await page.getByRole('button', { name: 'Werenode test wallet' }).click()
    await page.getByRole('button', { name: /Connected as/ }).waitFor({ timeout: 60_000 })
  },
})
