import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 B07. The report comes by NotifyReport, page by page. */
export const GetBaseReport: Outgoing = { action: 'GetBaseReport' }
