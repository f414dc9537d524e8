import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 K09. The profiles come by ReportChargingProfiles. */
export const GetChargingProfiles: Outgoing = { action: 'GetChargingProfiles' }
