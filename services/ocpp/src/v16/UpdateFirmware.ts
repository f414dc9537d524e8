import { addProgress } from '../keep/progress.ts'
import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 §5.19. The answer is empty; FirmwareStatusNotification tells the rest. */
export const UpdateFirmware: Outgoing<{ retrieveDate: string }, unknown> = {
  action: 'UpdateFirmware',
  settle: ({ dossier, stationId, request, at }) =>
    addProgress(
      dossier,
      stationId,
      'firmware',
      firmwareKey,
      { status: 'Requested', at: at.toISOString() },
      { retrieveAt: request.retrieveDate },
    ),
}

/** 1.6 numbers no update: there is one at a time. */
export const firmwareKey = 'update'
