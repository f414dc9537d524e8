import type { Desks } from '../desks.ts'
import type { StationHandlers } from '../link/handler.ts'
import { createAuthorize201 } from './Authorize.ts'
import { createBootNotification201 } from './BootNotification.ts'
import { createDataTransfer201 } from './DataTransfer.ts'
import { createHeartbeat201 } from './Heartbeat.ts'
import { createMeterValues201 } from './MeterValues.ts'
import { createStatusNotification201 } from './StatusNotification.ts'
import { createTransactionEvent } from './TransactionEvent.ts'

/** Every message a 2.0.1 station sends, by its name; 2.1 sends the same and more. */
export const handlers201 = (desks: Desks): StationHandlers => ({
  Authorize: createAuthorize201(desks),
  BootNotification: createBootNotification201(desks),
  DataTransfer: createDataTransfer201(desks),
  Heartbeat: createHeartbeat201(),
  MeterValues: createMeterValues201(desks),
  StatusNotification: createStatusNotification201(desks),
  TransactionEvent: createTransactionEvent(desks),
})
