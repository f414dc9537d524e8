export type { GroupStats } from './group.ts'
export { createInProcessBus, type InProcessBus, type InProcessBusOptions } from './in-process.ts'
export type { BusLog, BusMetric } from './observe.ts'
