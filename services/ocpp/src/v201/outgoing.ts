import { outgoingTable } from '../link/outgoing.ts'
import { CancelReservation } from './CancelReservation.ts'
import { CertificateSigned } from './CertificateSigned.ts'
import { ChangeAvailability } from './ChangeAvailability.ts'
import { ClearCache } from './ClearCache.ts'
import { ClearChargingProfile } from './ClearChargingProfile.ts'
import { ClearDisplayMessage } from './ClearDisplayMessage.ts'
import { ClearVariableMonitoring } from './ClearVariableMonitoring.ts'
import { CostUpdated } from './CostUpdated.ts'
import { CustomerInformation } from './CustomerInformation.ts'
import { DataTransfer } from './DataTransfer.ts'
import { DeleteCertificate } from './DeleteCertificate.ts'
import { GetBaseReport } from './GetBaseReport.ts'
import { GetChargingProfiles } from './GetChargingProfiles.ts'
import { GetCompositeSchedule } from './GetCompositeSchedule.ts'
import { GetDisplayMessages } from './GetDisplayMessages.ts'
import { GetInstalledCertificateIds } from './GetInstalledCertificateIds.ts'
import { GetLocalListVersion } from './GetLocalListVersion.ts'
import { GetLog } from './GetLog.ts'
import { GetMonitoringReport } from './GetMonitoringReport.ts'
import { GetReport } from './GetReport.ts'
import { GetTransactionStatus } from './GetTransactionStatus.ts'
import { GetVariables } from './GetVariables.ts'
import { InstallCertificate } from './InstallCertificate.ts'
import { PublishFirmware } from './PublishFirmware.ts'
import { RequestStartTransaction } from './RequestStartTransaction.ts'
import { RequestStopTransaction } from './RequestStopTransaction.ts'
import { ReserveNow } from './ReserveNow.ts'
import { Reset } from './Reset.ts'
import { SendLocalList } from './SendLocalList.ts'
import { SetChargingProfile } from './SetChargingProfile.ts'
import { SetDisplayMessage } from './SetDisplayMessage.ts'
import { SetMonitoringBase } from './SetMonitoringBase.ts'
import { SetMonitoringLevel } from './SetMonitoringLevel.ts'
import { SetNetworkProfile } from './SetNetworkProfile.ts'
import { SetVariableMonitoring } from './SetVariableMonitoring.ts'
import { SetVariables } from './SetVariables.ts'
import { TriggerMessage } from './TriggerMessage.ts'
import { UnlockConnector } from './UnlockConnector.ts'
import { UnpublishFirmware } from './UnpublishFirmware.ts'
import { UpdateFirmware } from './UpdateFirmware.ts'

/** Every message we send to a 2.0.1 station, by its name. */
export const outgoing201 = outgoingTable(
  CancelReservation,
  CertificateSigned,
  ChangeAvailability,
  ClearCache,
  ClearChargingProfile,
  ClearDisplayMessage,
  ClearVariableMonitoring,
  CostUpdated,
  CustomerInformation,
  DataTransfer,
  DeleteCertificate,
  GetBaseReport,
  GetChargingProfiles,
  GetCompositeSchedule,
  GetDisplayMessages,
  GetInstalledCertificateIds,
  GetLocalListVersion,
  GetLog,
  GetMonitoringReport,
  GetReport,
  GetTransactionStatus,
  GetVariables,
  InstallCertificate,
  PublishFirmware,
  RequestStartTransaction,
  RequestStopTransaction,
  ReserveNow,
  Reset,
  SendLocalList,
  SetChargingProfile,
  SetDisplayMessage,
  SetMonitoringBase,
  SetMonitoringLevel,
  SetNetworkProfile,
  SetVariableMonitoring,
  SetVariables,
  TriggerMessage,
  UnlockConnector,
  UnpublishFirmware,
  UpdateFirmware,
)
