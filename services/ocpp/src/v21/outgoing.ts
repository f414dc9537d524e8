import { outgoingTable } from '../link/outgoing.ts'
import { outgoing201 } from '../v201/outgoing.ts'
import { AdjustPeriodicEventStream } from './AdjustPeriodicEventStream.ts'
import { AFRRSignal } from './AFRRSignal.ts'
import { ChangeTransactionTariff } from './ChangeTransactionTariff.ts'
import { ClearDERControl } from './ClearDERControl.ts'
import { ClearTariffs } from './ClearTariffs.ts'
import { GetDERControl } from './GetDERControl.ts'
import { GetPeriodicEventStream } from './GetPeriodicEventStream.ts'
import { GetTariffs } from './GetTariffs.ts'
import { NotifyAllowedEnergyTransfer } from './NotifyAllowedEnergyTransfer.ts'
import { NotifyWebPaymentStarted } from './NotifyWebPaymentStarted.ts'
import { RequestBatterySwap } from './RequestBatterySwap.ts'
import { SetDERControl } from './SetDERControl.ts'
import { SetDefaultTariff } from './SetDefaultTariff.ts'
import { UpdateDynamicSchedule } from './UpdateDynamicSchedule.ts'
import { UsePriorityCharging } from './UsePriorityCharging.ts'

/** Every message we send to a 2.1 station: those of 2.0.1 and these. */
export const outgoing21 = {
  ...outgoing201,
  ...outgoingTable(
    AFRRSignal,
    AdjustPeriodicEventStream,
    ChangeTransactionTariff,
    ClearDERControl,
    ClearTariffs,
    GetDERControl,
    GetPeriodicEventStream,
    GetTariffs,
    NotifyAllowedEnergyTransfer,
    NotifyWebPaymentStarted,
    RequestBatterySwap,
    SetDERControl,
    SetDefaultTariff,
    UpdateDynamicSchedule,
    UsePriorityCharging,
  ),
}
