import { behaviours, sketchBehaviours } from '@werenode/map/behaviours'
import { openChromium } from './browser/chromium.ts'
import { atLeast, atMost, equals, type Figures, type Proof, told } from './figures.ts'
import { appNames, bundleAppMaps } from './map/app-maps.ts'
import { behave, type Conduct } from './map/behave.ts'
import { behaveSketch } from './map/behave-sketch.ts'
import { compareFrames, type FramePair } from './map/compare.ts'
import { servePage } from './map/page-server.ts'
import { frenchPoints } from './map/points.ts'
import { type Visit, visit } from './map/visit.ts'

/**
 * How every map behaves, with the renderer of the web; the whole proof asks the maps that the driver's app and DEFev make of it too. Then the
 * map with 30,000 points against the same map without our layers: base map, camera and walk are the same. The points are clustered by the
 * device, which is the harder way; a node's tiles come clustered. Ratios and tasks are judged, absolute times are told.
 */
const map: Proof = async ({ long, report }) => {
  const points = frenchPoints(30_000)
  const browser = await openChromium()
  const appMaps = long ? await bundleAppMaps() : undefined
  const server = await servePage(points, appMaps?.folder)
  // As on a desk; the quick proof looks through a smaller window: without a graphics card each pixel costs.
  const window = long ? { width: 1200, height: 800 } : { width: 640, height: 426 }
  try {
    const onPage = async <T>(
      walk: (page: Awaited<ReturnType<typeof browser.newPage>>) => Promise<T>,
      viewport = window,
    ): Promise<T> => {
      const page = await browser.newPage({ viewport })
      try {
        return await walk(page)
      } finally {
        await page.close()
      }
    }
    const visitOnce = (kind: 'empty' | 'full'): Promise<Visit> =>
      onPage((page) => visit(browser, page, server.url, kind))
    const conducts: Record<string, Figures[string]> = {}
    const judgeConduct = ({ held, failed }: Conduct, whose: string, all: number): void => {
      for (const line of failed) report(`not as promised: ${line}`)
      report(`${held} behaviours of a map held: ${whose}`)
      conducts[`behavioursHeld, ${whose}`] = equals(`${held} of ${held + failed.length}`, `${all} of ${all}`)
    }
    judgeConduct(
      await onPage((page) => behaveSketch(page, server.url), { width: 1200, height: 800 }),
      'sketch',
      behaviours.filter(({ needsKeys }) => !needsKeys).length + sketchBehaviours.length,
    )
    // As large as the town needs.
    const small = { width: 480, height: 320 }
    for (const app of [undefined, ...(long ? appNames : [])])
      judgeConduct(await onPage((page) => behave(page, server.url, app), small), app ?? 'web', behaviours.length)
    // The behaviours warmed the browser: shaders, fonts, code.
    const [empty, full]: [Visit[], Visit[]] = [[], []]
    const frames: FramePair[] = []
    for (let round = 1; round <= (long ? 5 : 1); round += 1) {
      // What the base map alone costs is only told.
      if (long) empty.push(await visitOnce('empty'))
      full.push(await visitOnce('full'))
      const pairs = await onPage((page) => compareFrames(page, server.url, long ? 24 : 8))
      frames.push(...pairs)
      report(`round ${round}: ${ratioOf(pairs).toFixed(2)} times the frame of the empty map`)
    }
    const middle = (visits: readonly Visit[]): number => Math.round(median(visits.map(({ readyMs }) => readyMs)))
    const longest = (visits: readonly Visit[]): number =>
      Math.round(Math.max(...visits.map(({ longestTaskMs }) => longestTaskMs)))
    return {
      ...conducts,
      points: told(points.length),
      drawn: atLeast(Math.min(...full.map(({ drawn }) => drawn)), 10),
      frameToEmpty: atMost(Math.round(ratioOf(frames) * 100) / 100, 1.2),
      frameMs: told(
        `${median(frames.map(({ fullMs }) => fullMs)).toFixed(1)} ms, empty ${median(frames.map(({ emptyMs }) => emptyMs)).toFixed(1)} ms, ${frames.length} pairs`,
      ),
      longestTaskMs: atMost(longest(full), 200),
      firstInteractiveMs: told(`${middle(full)} ms${long ? `, empty ${middle(empty)} ms` : ''}`),
      ...(long ? { longestTaskEmptyMs: told(longest(empty)) } : {}),
    }
  } finally {
    await browser.close()
    await server.close()
    await appMaps?.close()
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
/** The middle pair of all: what other processes do to the unluckiest ones is not the map's. */
const ratioOf = (frames: readonly FramePair[]): number => median(frames.map(({ emptyMs, fullMs }) => fullMs / emptyMs))

export default map
