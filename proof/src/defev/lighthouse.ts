import { atLeast, type Figures } from '../figures.ts'

/** What of lighthouse's result is read here. */
interface Result {
  readonly lhr: { readonly categories: Readonly<Record<string, { readonly score: number | null }>> }
}

const categories = ['performance', 'accessibility', 'best-practices'] as const

/** Lighthouse's scores of the app's first page, desktop form, in a browser that is open at `port`. */
export const lighthouseScores = async (appUrl: string, port: number): Promise<Figures> => {
  const { default: lighthouse, desktopConfig } = (await import('lighthouse')) as unknown as {
    default: (url: string, flags: object, config: object) => Promise<Result | undefined>
    desktopConfig: object
  }
  const result = await lighthouse(
    appUrl,
    { port, output: 'json', logLevel: 'error', onlyCategories: [...categories] },
    desktopConfig,
  )
  const scores = categories.map((name) => {
    const score = Math.round((result?.lhr.categories[name]?.score ?? 0) * 100)
    return [`Lighthouse, ${name}`, atLeast(score, 90)] as const
  })
  return Object.fromEntries(scores)
}
