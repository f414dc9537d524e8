export { createInProcessBus, type InProcessBus, type InProcessBusOptions } from './in-process.ts'
export type { BusLog, BusMetric } from './observe.ts'
