import { tilesKnow } from '../model/filters.ts'
import type { MapState } from '../model/map-model.ts'

/** From here on the list is drawn as it is; farther out its places would hide each other. */
const nearZoom = 8

/** Whether all that fits is in the list: then the list is what is drawn, each place as it stands now; else clusters of the whole catalogue. */
export const isNear = (state: MapState): boolean =>
  state.offlineSince !== undefined ||
  !tilesKnow(state.filters) ||
  state.filters.words !== '' ||
  (state.complete && state.view.zoom >= nearZoom)
