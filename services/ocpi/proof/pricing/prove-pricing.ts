import { compareEngines } from './differential.ts'
import { openOtherEngine } from './other-engine.ts'
import { readings } from './readings.ts'

interface Figure {
  readonly value: number | string
  readonly bar?: number | string
  readonly holds: boolean
}

/** Our prices of random charges beside those of an engine of other hands: every difference is explained by a clause, or it fails. */
export const provePricing = async (options: {
  path: string
  cases: number
  report: (text: string) => void
  seed?: number
}): Promise<Readonly<Record<string, Figure>>> => {
  const { path, cases, report, seed = 20_261_123 } = options
  const other = await openOtherEngine(path)
  try {
    report(`pricing ${cases} CDRs by ${other.name} too`)
    const seen = await compareEngines({ other, seed, cases, report })
    for (const one of seen.unexplained.slice(0, 3)) report(`unexplained: ${one}`)
    return {
      'pricing, the other engine': { value: other.name, holds: true },
      'pricing, CDRs priced by both': { value: seen.cases, bar: cases, holds: seen.cases === cases },
      'pricing, agreed to a ten-thousandth': { value: seen.agreed, holds: true },
      'pricing, of these equal to the last decimal': { value: seen.toTheLast, holds: true },
      'pricing, explained by a clause': { value: seen.explainedCases, holds: true },
      ...Object.fromEntries(
        Object.entries(readings).map(([reading]) => [
          `pricing, explained: ${reading}`,
          { value: seen.explained.get(reading as keyof typeof readings) ?? 0, holds: true },
        ]),
      ),
      'pricing, unexplained': { value: seen.unexplained.length, bar: 0, holds: seen.unexplained.length === 0 },
    }
  } finally {
    other.close()
  }
}
