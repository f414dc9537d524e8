import type { Desks } from '../desks.ts'
import type { StationHandlers } from '../link/handler.ts'
import { handlers201 } from '../v201/handlers.ts'
import { createBatterySwap } from './BatterySwap.ts'
import { createClosePeriodicEventStream } from './ClosePeriodicEventStream.ts'
import { createGetCertificateChainStatus } from './GetCertificateChainStatus.ts'
import { createNotifyDERAlarm } from './NotifyDERAlarm.ts'
import { createNotifyDERStartStop } from './NotifyDERStartStop.ts'
import { createNotifyPeriodicEventStream } from './NotifyPeriodicEventStream.ts'
import { createNotifyPriorityCharging } from './NotifyPriorityCharging.ts'
import { createNotifySettlement } from './NotifySettlement.ts'
import { createOpenPeriodicEventStream } from './OpenPeriodicEventStream.ts'
import { createPullDynamicScheduleUpdate } from './PullDynamicScheduleUpdate.ts'
import { createReportDERControl } from './ReportDERControl.ts'
import { createVatNumberValidation } from './VatNumberValidation.ts'

/** Every message a 2.1 station sends: those of 2.0.1 and these. */
export const handlers21 = (desks: Desks): StationHandlers => ({
  ...handlers201(desks),
  BatterySwap: createBatterySwap(desks),
  ClosePeriodicEventStream: createClosePeriodicEventStream(desks),
  GetCertificateChainStatus: createGetCertificateChainStatus(desks),
  NotifyDERAlarm: createNotifyDERAlarm(desks),
  NotifyDERStartStop: createNotifyDERStartStop(desks),
  NotifyPeriodicEventStream: createNotifyPeriodicEventStream(desks),
  NotifyPriorityCharging: createNotifyPriorityCharging(desks),
  NotifySettlement: createNotifySettlement(desks),
  OpenPeriodicEventStream: createOpenPeriodicEventStream(desks),
  PullDynamicScheduleUpdate: createPullDynamicScheduleUpdate(desks),
  ReportDERControl: createReportDERControl(desks),
  VatNumberValidation: createVatNumberValidation(desks),
})
