export { ocppCollections } from './collections.ts'
export { type DoorRates, defaultDoorRates } from './door/door.ts'
export { createOcppService, type OcppService, type OcppServiceOptions } from './service.ts'
export {
  dropOldPasswords,
  type NewStation,
  type Registered,
  registerStation,
  rotatePassword,
} from './stations/register.ts'
export type { Station, StationLink } from './stations/station.ts'
export type { Transaction } from './transactions/transaction.ts'
export type { VendorAnswer, VendorMessage, VendorPlugin } from './transfer/desk.ts'
