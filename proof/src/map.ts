import { openChromium } from './browser/chromium.ts'
import { atLeast, atMost, type Proof, told } from './figures.ts'
import { servePage } from './map/page-server.ts'
import { frenchPoints } from './map/points.ts'
import { type MapTale, walkMap } from './map/walk.ts'

/**
 * The map with 30,000 points against the same map without: base map, camera and walk are the same. The points are clustered by the device,
 * which is the harder way; a node's tiles come clustered. Ratios and tasks are judged, absolute times are told.
 */
const map: Proof = async ({ long, report }) => {
  const browser = await openChromium()
  const server = await servePage()
  try {
    const points = frenchPoints(30_000)
    const tell = async (with_: typeof points): Promise<MapTale> => {
      const page = await browser.newPage({ viewport: { width: 1200, height: 800 } })
      try {
        return await walkMap(browser, page, server.url, with_, long ? 40 : 12)
      } finally {
        await page.close()
      }
    }
    // The first visit warms the browser: shaders, fonts, code.
    await tell([])
    const empty: MapTale[] = []
    const full: MapTale[] = []
    for (let round = 0; round < (long ? 6 : 2); round += 1) {
      empty.push(await tell([]))
      full.push(await tell(points))
      report(
        `round ${round + 1}: frame ${frameMs(empty).toFixed(0)} ms empty, ${frameMs(full).toFixed(0)} ms with all points`,
      )
    }
    const longest = Math.max(...full.map(({ longestTaskMs }) => longestTaskMs))
    const longestEmpty = Math.max(...empty.map(({ longestTaskMs }) => longestTaskMs))
    return {
      points: told(points.length),
      drawn: atLeast(Math.min(...full.map(({ drawn }) => drawn)), 10),
      frameToEmpty: atMost(Math.round((frameMs(full) / frameMs(empty)) * 100) / 100, 1.2),
      frameMs: told(
        `${frameMs(full).toFixed(1)} ms, empty ${frameMs(empty).toFixed(1)} ms, ${full.reduce((sum, { framesMs }) => sum + framesMs.length, 0)} frames`,
      ),
      longestTaskMs: atMost(Math.round(longest), 200),
      longestTaskEmptyMs: told(Math.round(longestEmpty)),
      firstInteractiveMs: told(
        `${Math.round(median(full.map(({ readyMs }) => readyMs)))} ms, empty ${Math.round(median(empty.map(({ readyMs }) => readyMs)))} ms`,
      ),
    }
  } finally {
    await browser.close()
    await server.close()
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
/** The middle frame of all: what other processes do to the unluckiest ones is not the map's. */
const frameMs = (tales: readonly MapTale[]): number => median(tales.flatMap(({ framesMs }) => framesMs))

export default map
