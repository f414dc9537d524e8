import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 N02. The report comes by NotifyMonitoringReport. */
export const GetMonitoringReport: Outgoing = { action: 'GetMonitoringReport' }
