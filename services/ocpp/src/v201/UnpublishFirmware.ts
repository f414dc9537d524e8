import { addProgress } from '../keep/progress.ts'
import { type Outgoing, statusOf } from '../link/outgoing.ts'

/** OCPP 2.0.1 L04: DownloadOngoing, NoFirmware or Unpublished. */
export const UnpublishFirmware: Outgoing<{ checksum: string }, unknown> = {
  action: 'UnpublishFirmware',
  settle: async ({ dossier, stationId, request, answer, at }) => {
    const published = (await dossier.list(stationId, 'firmware')).filter(
      ({ key, value }) => key.startsWith('publish/') && (value as { checksum?: string }).checksum === request.checksum,
    )
    for (const { key } of published)
      await addProgress(dossier, stationId, 'firmware', key, { status: statusOf(answer), at: at.toISOString() })
  },
}
