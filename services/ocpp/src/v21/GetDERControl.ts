import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 2.1 R. The controls come by ReportDERControl. */
export const GetDERControl: Outgoing = { action: 'GetDERControl' }
