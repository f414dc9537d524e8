import type { MapModel } from '@werenode/map'

export interface MapViewProps {
  readonly model: MapModel
  /** The node whose base map and tiles are drawn. */
  readonly node: string
  readonly label: string
  /** Flies there when it changes. */
  readonly to?: { readonly lat: number; readonly lon: number; readonly zoom: number } | undefined
  readonly onReady?: () => void
  /** The map cannot be drawn here: the list does instead. */
  readonly onFailed?: () => void
}
