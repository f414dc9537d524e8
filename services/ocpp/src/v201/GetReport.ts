import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 B08. The report comes by NotifyReport, page by page. */
export const GetReport: Outgoing = { action: 'GetReport' }
