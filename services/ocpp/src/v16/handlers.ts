import type { Desks } from '../desks.ts'
import type { StationHandlers } from '../link/handler.ts'
import { createAuthorize16 } from './Authorize.ts'
import { createBootNotification } from './BootNotification.ts'
import { createDataTransfer } from './DataTransfer.ts'
import { createDiagnosticsStatusNotification } from './DiagnosticsStatusNotification.ts'
import { createFirmwareStatusNotification } from './FirmwareStatusNotification.ts'
import { createHeartbeat } from './Heartbeat.ts'
import { createLogStatusNotification } from './LogStatusNotification.ts'
import { createMeterValues16 } from './MeterValues.ts'
import { createSecurityEventNotification } from './SecurityEventNotification.ts'
import { createSignCertificate } from './SignCertificate.ts'
import { createSignedFirmwareStatusNotification } from './SignedFirmwareStatusNotification.ts'
import { createStartTransaction } from './StartTransaction.ts'
import { createStatusNotification } from './StatusNotification.ts'
import { createStopTransaction } from './StopTransaction.ts'

/** Every message a 1.6 station sends, by its name. */
export const handlers16 = (desks: Desks): StationHandlers => ({
  Authorize: createAuthorize16(desks),
  BootNotification: createBootNotification(desks),
  DataTransfer: createDataTransfer(desks),
  DiagnosticsStatusNotification: createDiagnosticsStatusNotification(desks),
  FirmwareStatusNotification: createFirmwareStatusNotification(desks),
  Heartbeat: createHeartbeat(),
  LogStatusNotification: createLogStatusNotification(desks),
  MeterValues: createMeterValues16(desks),
  SecurityEventNotification: createSecurityEventNotification(desks),
  SignCertificate: createSignCertificate(desks),
  SignedFirmwareStatusNotification: createSignedFirmwareStatusNotification(desks),
  StartTransaction: createStartTransaction(desks),
  StatusNotification: createStatusNotification(desks),
  StopTransaction: createStopTransaction(desks),
})
