import type { StatusSource } from '@werenode/api'
import type { Logger } from 'pino'
import { createStatusFeed, type RunningNode } from '../node/compose.ts'
import type { createParts } from '../node/parts.ts'
import type { Screen } from '../terminal/screen.ts'
import { sentenceOf } from '../terminal/trouble.ts'

/** Follows the published statuses of open-data charge points: the first look and every trouble are said, all are logged. */
export const showStatusFeed = async (
  { store, bus, clock }: RunningNode,
  parts: ReturnType<typeof createParts>,
  how: { source: StatusSource; everyMs: number; screen: Screen; quiet: boolean; log: Logger },
): Promise<void> => {
  const { screen, quiet, log } = how
  const { paint, glyphs, format, print } = screen
  let first = true
  let lastTrouble: string | undefined
  await parts.add('open-data statuses', async () => {
    const part = createStatusFeed({
      store,
      bus,
      clock,
      source: how.source,
      everyMs: how.everyMs,
      onReport: ({ rows, changed, counts }) => {
        log.info({ rows, changed, counts }, 'Statuses of open-data charge points were taken in')
        lastTrouble = undefined
        if (!first || quiet) return
        first = false
        const left = Object.values(counts).reduce((sum, count) => sum + count, 0)
        const odd = left === 0 ? '' : `, ${format.number(left)} rows left out`
        print(
          `  ${paint.positive(glyphs.check)} ${format.number(changed)} statuses of French charge points from ${format.number(rows)} rows${odd}`,
        )
      },
      onTrouble: (error) => {
        log.warn({ err: error }, 'Statuses of open-data charge points could not be taken in')
        const { message } = sentenceOf(error)
        if (message === lastTrouble || quiet) return
        lastTrouble = message
        print(`  ${paint.warning(glyphs.warning)} ${message}`)
      },
    })
    part.start()
    return { part, stop: part.stop }
  })
}
