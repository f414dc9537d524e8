import { judge } from '../browser/lighthouse.ts'
import { atLeast, type Figures, told } from '../figures.ts'

/** Lighthouse's scores of an app's page as figures, in a browser that is open at `port`. */
export const lighthouseScores = async (
  appUrl: string,
  port: number,
  report: (text: string) => void = () => undefined,
): Promise<Figures> => {
  const { scores, benchmarkIndex, cpuMultiplier } = await judge(appUrl, port)
  report(`Lighthouse: ${JSON.stringify(scores)}, index ${benchmarkIndex}`)
  return {
    ...Object.fromEntries(
      Object.entries(scores).map(([name, score]) => [`Lighthouse, ${name}`, atLeast(score as number, 90)]),
    ),
    'Lighthouse’s benchmark index of this machine, and the multiplier it led to': told(
      `${benchmarkIndex}, ${cpuMultiplier}`,
    ),
  }
}
