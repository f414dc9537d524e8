import { randomUUID } from 'node:crypto'
import { type Party, stationLogBlobKey } from '@werenode/core'
import type { Tickets } from '../files/tickets.ts'
import { statusOf } from '../link/outgoing.ts'
import type { StationConsole } from '../stations/console.ts'
import type { OcppVersion } from '../wire/version.ts'

export interface LogWish {
  readonly kind: 'diagnostics' | 'security'
  readonly from?: string
  readonly to?: string
}

/** Asks a station for a log at an address that takes one file, once; `fileId` is where it will lie. */
export type AskLog = (
  station: { readonly stationId: string; readonly party: Party; readonly version: OcppVersion },
  wish: LogWish,
) => Promise<{ readonly fileId: string; readonly status: string }>

const uploadWithinS = 3_600

/** 1.6 §6.19 for diagnostics, the white paper's GetLog for the security log, 2.0.1 N01 for both. */
export const createAskLog =
  ({ stations, tickets, filesUrl }: { stations: StationConsole; tickets: Tickets; filesUrl: () => string }): AskLog =>
  async ({ stationId, party, version }, { kind, from, to }) => {
    const fileId = randomUUID()
    const blobKey = stationLogBlobKey(party, fileId)
    const ticket = await tickets.issue({ stationId, verb: 'put', blobKey, expiresInS: uploadWithinS })
    const location = `${filesUrl()}${ticket}`
    const call = (action: string, payload: object): Promise<unknown> =>
      stations.call(stationId, action, payload, { timeoutMs: 20_000 })
    if (version === 'ocpp1.6' && kind === 'diagnostics') {
      const span = { ...(from === undefined ? {} : { startTime: from }), ...(to === undefined ? {} : { stopTime: to }) }
      const { fileName } = (await call('GetDiagnostics', { location, retries: 2, ...span })) as { fileName?: string }
      return { fileId, status: fileName === undefined || fileName === '' ? 'NothingToUpload' : 'Accepted' }
    }
    const log = {
      remoteLocation: location,
      ...(from === undefined ? {} : { oldestTimestamp: from }),
      ...(to === undefined ? {} : { latestTimestamp: to }),
    }
    const answer = await call('GetLog', {
      logType: kind === 'diagnostics' ? 'DiagnosticsLog' : 'SecurityLog',
      requestId: Math.floor(Math.random() * 2 ** 31),
      retries: 2,
      log,
    })
    return { fileId, status: statusOf(answer) }
  }
