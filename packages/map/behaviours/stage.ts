import type { MapModel, PlaceSource, TextStore, View } from '../src/index.ts'

/** A map as a renderer shows it, for the behaviours: what is on the picture, and what a hand does to it. */
export interface OpenMap {
  readonly model: MapModel
  /** Ids of the places on the picture as it is now, in any order. */
  drawn(): readonly string[] | Promise<readonly string[]>
  /** Statuses as the markers show them, by place. */
  statusOf(placeId: string): string | undefined | Promise<string | undefined>
  tap(placeId: string): void | Promise<void>
  /** Beside every place. */
  tapNothing(): void | Promise<void>
  look(view: View): void | Promise<void>
  /** A key pressed on the map; absent where a renderer has no keyboard. */
  readonly press?: (key: 'ArrowRight' | 'ArrowUp' | '+' | '-') => void | Promise<void>
  close(): void
}

/** Opens maps of one renderer. `query` is the link that leads there. */
export interface Stage {
  open(options: {
    readonly source: PlaceSource
    readonly query: string
    readonly keep: TextStore
    readonly clock: () => Date
  }): Promise<OpenMap>
}
