export type { MarkerOptions } from './marker.ts'
export { markerSvg } from './marker.ts'
export type { PlugStatus, StatusLook } from './status.ts'
export { plugStatuses, plugStatusOf, statusLooks } from './status.ts'
