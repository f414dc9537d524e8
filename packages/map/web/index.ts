export { createEvseMap, type EvseMap, type EvseMapOptions } from './evse-map.ts'
