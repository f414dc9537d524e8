import type { TextStore, View } from '../../src/index.ts'
import { sketchOf } from '../../src/style/index.ts'

const key = 'werenode:map:start'

export interface MapStart {
  /** Whether the map is drawn without being asked for. */
  atOnce(): Promise<boolean>
  /** Somebody asked for the map: the next visit begins with it. */
  chosen(): void
}

/**
 * Where drawing a map costs nothing to speak of it begins by itself; elsewhere the sketch stands until somebody wants more of it. It begins
 * by itself there too for who wanted it before, and for a link to a view (`from`) that the sketch is no likeness of.
 */
export const mapStart = ({
  keep,
  from,
  isQuick,
}: {
  readonly keep?: TextStore
  readonly from?: View | undefined
  /** `hasQuickGraphics`; asked only where nothing else decides. */
  readonly isQuick: () => Promise<boolean>
}): MapStart => ({
  atOnce: async () => wasChosen(keep) || (from !== undefined && sketchOf(from) === undefined) || isQuick(),
  chosen: () => {
    try {
      keep?.setItem(key, 'map')
    } catch {
      // Full or forbidden: the next visit asks again.
    }
  },
})

const wasChosen = (keep: TextStore | undefined): boolean => {
  try {
    return keep?.getItem(key) === 'map'
  } catch {
    // Forbidden: as if nothing had been chosen.
    return false
  }
}
