import { outgoingTable } from '../link/outgoing.ts'
import { CancelReservation } from './CancelReservation.ts'
import { CertificateSigned } from './CertificateSigned.ts'
import { ChangeAvailability } from './ChangeAvailability.ts'
import { ChangeConfiguration } from './ChangeConfiguration.ts'
import { ClearCache } from './ClearCache.ts'
import { ClearChargingProfile } from './ClearChargingProfile.ts'
import { DataTransfer } from './DataTransfer.ts'
import { DeleteCertificate } from './DeleteCertificate.ts'
import { ExtendedTriggerMessage } from './ExtendedTriggerMessage.ts'
import { GetCompositeSchedule } from './GetCompositeSchedule.ts'
import { GetConfiguration } from './GetConfiguration.ts'
import { GetDiagnostics } from './GetDiagnostics.ts'
import { GetInstalledCertificateIds } from './GetInstalledCertificateIds.ts'
import { GetLocalListVersion } from './GetLocalListVersion.ts'
import { GetLog } from './GetLog.ts'
import { InstallCertificate } from './InstallCertificate.ts'
import { RemoteStartTransaction } from './RemoteStartTransaction.ts'
import { RemoteStopTransaction } from './RemoteStopTransaction.ts'
import { ReserveNow } from './ReserveNow.ts'
import { Reset } from './Reset.ts'
import { SendLocalList } from './SendLocalList.ts'
import { SetChargingProfile } from './SetChargingProfile.ts'
import { SignedUpdateFirmware } from './SignedUpdateFirmware.ts'
import { TriggerMessage } from './TriggerMessage.ts'
import { UnlockConnector } from './UnlockConnector.ts'
import { UpdateFirmware } from './UpdateFirmware.ts'

/** Every message we send to a 1.6 station, by its name. */
export const outgoing16 = outgoingTable(
  CancelReservation,
  CertificateSigned,
  ChangeAvailability,
  ChangeConfiguration,
  ClearCache,
  ClearChargingProfile,
  DataTransfer,
  DeleteCertificate,
  ExtendedTriggerMessage,
  GetCompositeSchedule,
  GetConfiguration,
  GetDiagnostics,
  GetInstalledCertificateIds,
  GetLocalListVersion,
  GetLog,
  InstallCertificate,
  RemoteStartTransaction,
  RemoteStopTransaction,
  ReserveNow,
  Reset,
  SendLocalList,
  SetChargingProfile,
  SignedUpdateFirmware,
  TriggerMessage,
  UnlockConnector,
  UpdateFirmware,
)
