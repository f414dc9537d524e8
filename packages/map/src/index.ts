export { isAway, nodePlaces, type PlaceSource } from './model/catalogue.ts'
export {
  type ChosenCharge,
  type Filters,
  filterCount,
  fits,
  noFilters,
  queryText,
  searchQuery,
  tileQuery,
  tilesKnow,
} from './model/filters.ts'
export type { TextStore } from './model/keeper.ts'
export { type Box, createMapModel, homeView, type MapModel, type MapState, usualCharge } from './model/map-model.ts'
export { distanceM, type Place, type PlaceDetail, type Position, refreshed, statusOfPlace } from './model/place.ts'
export { type Sorting, sorted, sortings } from './model/sort.ts'
export { addressOf, addressText, type MapAddress, type View } from './model/url.ts'
