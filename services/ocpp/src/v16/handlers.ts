import type { Desks } from '../desks.ts'
import type { StationHandlers } from '../link/handler.ts'
import { createAuthorize16 } from './Authorize.ts'
import { createBootNotification } from './BootNotification.ts'
import { createDataTransfer } from './DataTransfer.ts'
import { createHeartbeat } from './Heartbeat.ts'
import { createMeterValues16 } from './MeterValues.ts'
import { createStartTransaction } from './StartTransaction.ts'
import { createStatusNotification } from './StatusNotification.ts'
import { createStopTransaction } from './StopTransaction.ts'

/** Every message a 1.6 station sends, by its name. */
export const handlers16 = (desks: Desks): StationHandlers => ({
  Authorize: createAuthorize16(desks),
  BootNotification: createBootNotification(desks),
  DataTransfer: createDataTransfer(desks),
  Heartbeat: createHeartbeat(),
  MeterValues: createMeterValues16(desks),
  StartTransaction: createStartTransaction(desks),
  StatusNotification: createStatusNotification(desks),
  StopTransaction: createStopTransaction(desks),
})
