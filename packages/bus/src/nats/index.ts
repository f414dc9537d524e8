export { type NatsBus, type NatsBusOptions, openNatsBus } from './bus.ts'
