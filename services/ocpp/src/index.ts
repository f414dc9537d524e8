export type { ContractCertificates } from './certificates/contracts.ts'
export type { CertificateAuthority } from './certificates/desk.ts'
export { contractPoolOverHttp } from './certificates/pool-over-http.ts'
export { ocppCollections } from './collections.ts'
export type { QueuedCommand } from './commands/queue.ts'
export { type DoorRates, defaultDoorRates } from './door/door.ts'
export type { TlsOptions } from './door/listener.ts'
export type { Campaign, CampaignProgress, CampaignStep, Campaigns, NewCampaign } from './firmware/campaigns.ts'
export { createOcppService, type OcppService, type OcppServiceOptions } from './service.ts'
export { type CheckedSchedule, checkSchedule } from './smart/schedule-check.ts'
export { createSites, type Site, type SiteEvse, type Sites } from './smart/site.ts'
export { createStationConsole, type StationConsole, type StationView } from './stations/console.ts'
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
export { type DossierEntry, type DossierKind, dossierKinds } from './watch/dossier.ts'
export type { LoggedFrame } from './watch/message-log.ts'
export { schemasOf } from './wire/schemas.ts'
export { type OcppVersion, ocppVersions } from './wire/version.ts'
