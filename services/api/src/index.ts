export { type Api, type ApiOptions, createApi } from './api.ts'
export { type Catalogue, createCatalogue, type NewLocation, type OcpiTariff } from './catalogue/catalogue.ts'
export type { OperatorIdentity } from './catalogue/offer.ts'
export { optionsOf, optionsOfEnvironment } from './config/options.ts'
export { readSettings, type Setting, type SettingProblem, settings } from './config/settings.ts'
export { access } from './contract/access.ts'
export { type Limit, usualLimits } from './http/rate-limit.ts'
export { furnishParty } from './identity/furnish-party.ts'
export type { Finding } from './irve/finding.ts'
export { type DynamicProgress, type DynamicReport, importIrveDynamic } from './irve/import-dynamic.ts'
export { type ImportProgress, type ImportReport, importIrve, irveFile } from './irve/import-irve.ts'
export {
  createStatusFeed,
  createStatusReader,
  readStatusSource,
  type StatusFeed,
  type StatusSource,
} from './irve/status-feed.ts'
export { localOutbox, type Mail, type Mailer } from './mail/mailer.ts'
export { smtpMailer } from './mail/smtp-mailer.ts'
export { openApiDocument } from './openapi/document.ts'
