import type { Desks } from '../desks.ts'
import type { StationHandlers } from '../link/handler.ts'
import { createAuthorize201 } from './Authorize.ts'
import { createBootNotification201 } from './BootNotification.ts'
import { createClearedChargingLimit } from './ClearedChargingLimit.ts'
import { createDataTransfer201 } from './DataTransfer.ts'
import { createFirmwareStatusNotification201 } from './FirmwareStatusNotification.ts'
import { createGet15118EVCertificate } from './Get15118EVCertificate.ts'
import { createGetCertificateStatus } from './GetCertificateStatus.ts'
import { createHeartbeat201 } from './Heartbeat.ts'
import { createLogStatusNotification201 } from './LogStatusNotification.ts'
import { createMeterValues201 } from './MeterValues.ts'
import { createNotifyChargingLimit } from './NotifyChargingLimit.ts'
import { createNotifyCustomerInformation } from './NotifyCustomerInformation.ts'
import { createNotifyDisplayMessages } from './NotifyDisplayMessages.ts'
import { createNotifyEVChargingNeeds } from './NotifyEVChargingNeeds.ts'
import { createNotifyEVChargingSchedule } from './NotifyEVChargingSchedule.ts'
import { createNotifyEvent } from './NotifyEvent.ts'
import { createNotifyMonitoringReport } from './NotifyMonitoringReport.ts'
import { createNotifyReport } from './NotifyReport.ts'
import { createPublishFirmwareStatusNotification } from './PublishFirmwareStatusNotification.ts'
import { createReportChargingProfiles } from './ReportChargingProfiles.ts'
import { createReservationStatusUpdate } from './ReservationStatusUpdate.ts'
import { createSecurityEventNotification201 } from './SecurityEventNotification.ts'
import { createSignCertificate201 } from './SignCertificate.ts'
import { createStatusNotification201 } from './StatusNotification.ts'
import { createTransactionEvent } from './TransactionEvent.ts'

/** Every message a 2.0.1 station sends, by its name; 2.1 sends the same and more. */
export const handlers201 = (desks: Desks): StationHandlers => ({
  Authorize: createAuthorize201(desks),
  BootNotification: createBootNotification201(desks),
  ClearedChargingLimit: createClearedChargingLimit(desks),
  DataTransfer: createDataTransfer201(desks),
  FirmwareStatusNotification: createFirmwareStatusNotification201(desks),
  Get15118EVCertificate: createGet15118EVCertificate(desks),
  GetCertificateStatus: createGetCertificateStatus(desks),
  Heartbeat: createHeartbeat201(),
  LogStatusNotification: createLogStatusNotification201(desks),
  MeterValues: createMeterValues201(desks),
  NotifyChargingLimit: createNotifyChargingLimit(desks),
  NotifyCustomerInformation: createNotifyCustomerInformation(desks),
  NotifyDisplayMessages: createNotifyDisplayMessages(desks),
  NotifyEVChargingNeeds: createNotifyEVChargingNeeds(desks),
  NotifyEVChargingSchedule: createNotifyEVChargingSchedule(desks),
  NotifyEvent: createNotifyEvent(desks),
  NotifyMonitoringReport: createNotifyMonitoringReport(desks),
  NotifyReport: createNotifyReport(desks),
  PublishFirmwareStatusNotification: createPublishFirmwareStatusNotification(desks),
  ReportChargingProfiles: createReportChargingProfiles(desks),
  ReservationStatusUpdate: createReservationStatusUpdate(desks),
  SecurityEventNotification: createSecurityEventNotification201(desks),
  SignCertificate: createSignCertificate201(desks),
  StatusNotification: createStatusNotification201(desks),
  TransactionEvent: createTransactionEvent(desks),
})
