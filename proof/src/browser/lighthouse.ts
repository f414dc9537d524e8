/** Of 100 each. */
export interface Scores {
  readonly performance: number
  readonly accessibility: number
  readonly 'best-practices': number
  readonly seo: number
}

/** What the visits of one page came to, the middle one of each score. */
export interface Judgement {
  readonly scores: Scores
  /** Lighthouse's own measure of how fast this machine was meanwhile. */
  readonly benchmarkIndex: number
  /** What it was told of the machine: 1 as it comes, less when the machine was slower than a plain desk computer. */
  readonly cpuMultiplier: number
}

interface Result {
  readonly lhr: {
    readonly environment: { readonly benchmarkIndex: number }
    readonly categories: Readonly<Record<string, { readonly score: number | null }>>
  }
}
interface Config {
  readonly settings: { readonly throttling: object }
}

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
/** The index of a plain desk computer, which Lighthouse's desktop form means. */
const plainDeskIndex = 1_000
const visits = 3

/**
 * What Lighthouse says of a page in its desktop form, with simulated throttling, in a browser that is open at `port`. A first visit tells how
 * fast the machine is; on one that is slowed by other work, CPU times are simulated for a plain desk computer, as Lighthouse advises for slow
 * machines, never for a faster one.
 */
export const judge = async (url: string, port: number): Promise<Judgement> => {
  const { default: lighthouse, desktopConfig } = (await import('lighthouse')) as unknown as {
    default: (url: string, flags: object, config: object) => Promise<Result | undefined>
    desktopConfig: Config
  }
  const look = async (cpuMultiplier: number): Promise<Result['lhr']> => {
    const throttling = { ...desktopConfig.settings.throttling, cpuSlowdownMultiplier: cpuMultiplier }
    const result = await lighthouse(
      url,
      { port, output: 'json', logLevel: 'error', onlyCategories: [...categories] },
      { ...desktopConfig, settings: { ...desktopConfig.settings, throttling } },
    )
    if (result === undefined) throw new Error(`Lighthouse told nothing of ${url}`)
    return result.lhr
  }
  const multiplierOf = (index: number): number => Math.min(1, Math.round((index / plainDeskIndex) * 100) / 100)
  const first = await look(1)
  let cpuMultiplier = multiplierOf(first.environment.benchmarkIndex)
  const seen: Result['lhr'][] = []
  const multipliers: number[] = []
  for (let visit = 0; visit < visits; visit += 1) {
    multipliers.push(cpuMultiplier)
    seen.push(await look(cpuMultiplier))
    cpuMultiplier = multiplierOf(seen.at(-1)!.environment.benchmarkIndex)
  }
  const scoreOf = (name: string): number =>
    median(seen.map(({ categories }) => Math.round((categories[name]?.score ?? 0) * 100)))
  return {
    scores: Object.fromEntries(categories.map((name) => [name, scoreOf(name)])) as unknown as Scores,
    benchmarkIndex: median(seen.map(({ environment }) => Math.round(environment.benchmarkIndex))),
    cpuMultiplier: median(multipliers),
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
