import type { Logger } from 'pino'
import type { Parts } from '../node/parts.ts'
import type { Screen } from '../terminal/screen.ts'
import { buildApp } from './build-app.ts'
import { mobile } from './list.ts'

/** Builds the driver's app behind the running server, and says when it stands. */
export const showMobile = async (
  parts: Parts,
  deps: { readonly screen: Screen; readonly log: Logger; readonly origin: string },
): Promise<void> => {
  const { paint, glyphs, print } = deps.screen
  const startedAt = performance.now()
  const build = await parts.add('build of the driver app', async () => {
    const part = buildApp(mobile, { log: deps.log })
    return { part, stop: async () => part.stop() }
  })
  const outcome = await build.done
  const took = `(${((performance.now() - startedAt) / 1000).toFixed(1)} s)`
  if (outcome === 'built')
    print(`  ${paint.positive(glyphs.check)} ${mobile.title} at ${deps.origin}/mobile/ ${paint.muted(took)}`)
  else if (outcome === 'failed')
    print(
      `  ${paint.warning(glyphs.warning)} The driver's app could not be built; the log says why. Everything else runs.`,
    )
}
