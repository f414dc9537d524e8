import type { Bus, Clock, Store } from '@werenode/core'
import type { Logger } from 'pino'
import type { ContractCertificates } from './certificates/contracts.ts'
import type { CertificateDesk } from './certificates/desk.ts'
import type { StationRecords } from './stations/records.ts'
import { type Connectors, createConnectors } from './status/connectors.ts'
import { createStatusFlow, type StatusFlow } from './status/flow.ts'
import { createPauses } from './status/pauses.ts'
import { type Authorize, createAuthorize } from './transactions/authorize.ts'
import { createTransactionBook, type TransactionBook } from './transactions/book.ts'
import { createEvent2 } from './transactions/event2.ts'
import { createMeterValues } from './transactions/meter-values.ts'
import { createRemoteStarts, type RemoteStarts } from './transactions/remote-starts.ts'
import { createStart16 } from './transactions/start16.ts'
import { createStop16 } from './transactions/stop16.ts'
import { createZombies, type Zombies } from './transactions/zombies.ts'
import { createDataTransferDesk, type DataTransferDesk, type VendorPlugin } from './transfer/desk.ts'
import type { Dossier } from './watch/dossier.ts'

/** What the messages' handlers work with; each takes what it needs by name. */
export interface Desks {
  readonly records: StationRecords
  readonly book: TransactionBook
  readonly remoteStarts: RemoteStarts
  readonly authorize: Authorize
  readonly zombies: Zombies
  readonly connectors: Connectors
  readonly statusFlow: StatusFlow
  readonly start: ReturnType<typeof createStart16>
  readonly stop: ReturnType<typeof createStop16>
  readonly meterValues: ReturnType<typeof createMeterValues>
  readonly take: ReturnType<typeof createEvent2>
  readonly transfers: DataTransferDesk
  readonly dossier: Dossier
  readonly certificates: CertificateDesk
  readonly contracts: ContractCertificates
  readonly store: Store
  readonly booted: (stationId: string) => Promise<void>
  readonly heartbeatS: () => number
}

export const createDesks = ({
  store,
  bus,
  clock,
  log,
  records,
  heartbeatS,
  zombieGraceMs,
  bootGraceMs,
  vendorPlugins,
  dossier,
  certificates,
  contracts,
}: {
  dossier: Dossier
  certificates: CertificateDesk
  contracts: ContractCertificates
  store: Store
  bus: Bus
  clock: Clock
  log: Logger
  records: StationRecords
  heartbeatS: () => number
  zombieGraceMs: number
  bootGraceMs: number
  vendorPlugins: readonly VendorPlugin[]
}): Desks => {
  const book = createTransactionBook({ store, bus })
  const remoteStarts = createRemoteStarts({ store, clock })
  const authorize = createAuthorize({ bus, remoteStarts, log })
  const zombies = createZombies({ store, book, clock, log, graceMs: zombieGraceMs, bootGraceMs })
  const connectors = createConnectors({ store, bus })
  const statusFlow = createStatusFlow({ connectors, zombies, onPause: createPauses({ bus, book }) })
  return {
    records,
    book,
    remoteStarts,
    authorize,
    zombies,
    connectors,
    statusFlow,
    start: createStart16({ book, authorize, zombies }),
    stop: createStop16({ book, bus, log }),
    meterValues: createMeterValues({ book, bus, log, suspendedOf: connectors.suspendedOf }),
    take: createEvent2({ book, authorize, remoteStarts, zombies }),
    transfers: createDataTransferDesk({ store, plugins: vendorPlugins }),
    dossier,
    certificates,
    contracts,
    store,
    booted: zombies.booted,
    heartbeatS,
  }
}
