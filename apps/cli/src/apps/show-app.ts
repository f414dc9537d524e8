import type { Logger } from 'pino'
import type { Parts } from '../node/parts.ts'
import type { Screen } from '../terminal/screen.ts'
import { buildApp } from './build-app.ts'
import type { BuiltApp } from './list.ts'

/** Builds an app behind the running server, and says when it stands at its address. */
export const showApp = async (
  parts: Parts,
  app: BuiltApp,
  { screen, log, url }: { readonly screen: Screen; readonly log: Logger; readonly url: string },
): Promise<void> => {
  const { paint, glyphs, print } = screen
  const startedAt = performance.now()
  const build = await parts.add(`build of ${app.title}`, async () => {
    const part = buildApp(app, { log })
    return { part, stop: async () => part.stop() }
  })
  const outcome = await build.done
  const took = `(${((performance.now() - startedAt) / 1000).toFixed(1)} s)`
  if (outcome === 'built') print(`  ${paint.positive(glyphs.check)} ${app.title} at ${url} ${paint.muted(took)}`)
  else if (outcome === 'failed')
    print(`  ${paint.warning(glyphs.warning)} ${app.title} could not be built; the log says why. Everything else runs.`)
}
