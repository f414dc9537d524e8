import { type Bus, isWerenodeError, newEvent, type Store, type Stored, subjectPart } from '@werenode/core'
import type { OcppVersion } from '../wire/version.ts'
import type { Boot, Station, StationLink } from './station.ts'

/** What the store knows of stations: the operator's part (read here, written by provisioning) and the link's part. */
export interface StationRecords {
  /** Fresh from the store: the door must see a blocked or re-keyed station at once. */
  station(stationId: string): Promise<Stored<Station> | undefined>
  link(stationId: string): Promise<Stored<StationLink> | undefined>
  /** Takes the station's link over: the new epoch fences every older one. */
  acquire(stationId: string, told: { version: OcppVersion; remoteAddress: string }): Promise<number>
  /** Gives it up, unless a newer epoch has taken it. */
  release(stationId: string, epoch: number, reason: string): Promise<void>
  booted(stationId: string, epoch: number, boot: Boot): Promise<void>
  /** Links this process held when it died. */
  releaseLeftovers(of?: string): Promise<void>
  maxPowerW(stationId: string): Promise<number>
  /** The same from memory alone. */
  knownMaxPowerW(stationId: string): number | undefined
}

/** No connector gives more; plausibility needs some cap where the operator set none. */
const anyMaxPowerW = 500_000

export const createStationRecords = ({
  store,
  bus,
  clock,
  holder,
}: {
  store: Store
  bus: Bus
  clock: () => Date
  /** Name of this process, the same after a restart. */
  holder: string
}): StationRecords => {
  const caps = new Map<string, number>()
  const link = (stationId: string) => store.get<StationLink>('ocpp_links', stationId)

  /** Compare-and-set until it holds; `decide` answers undefined to leave the row alone. */
  const change = async (
    stationId: string,
    decide: (
      current: Stored<StationLink> | undefined,
    ) => { row: StationLink; event: ReturnType<typeof newEvent> } | undefined,
  ): Promise<StationLink | undefined> => {
    for (let attempt = 0; ; attempt += 1) {
      const current = await link(stationId)
      const next = decide(current)
      if (!next) return current
      try {
        await bus.commit(
          [
            current
              ? { op: 'replace', in: 'ocpp_links', doc: next.row, rev: current._rev }
              : { op: 'insert', in: 'ocpp_links', doc: next.row },
          ],
          [next.event],
        )
        return next.row
      } catch (error) {
        if (!(isWerenodeError(error) && error.code === 'conflict' && attempt < 8)) throw error
      }
    }
  }

  const release = async (stationId: string, epoch: number, reason: string): Promise<void> => {
    await change(stationId, (current) => {
      if (!current || current.epoch !== epoch || !current.connected) return undefined
      const { _rev, ...row } = current
      return {
        row: { ...row, connected: false, disconnectedAt: clock().toISOString(), reason },
        event: newEvent({
          id: `${stationId}/link/${epoch}/down`,
          type: 'station.disconnected',
          at: clock(),
          subject: `station.${subjectPart(stationId)}`,
          data: { stationId, epoch, reason },
        }),
      }
    })
  }

  return {
    station: (stationId) => store.get('ocpp_stations', stationId),
    link,
    acquire: async (stationId, { version, remoteAddress }) => {
      caps.delete(stationId)
      const row = await change(stationId, (current) => {
        const epoch = (current?.epoch ?? 0) + 1
        return {
          row: {
            _id: stationId,
            epoch,
            connected: true,
            holder,
            version,
            connectedAt: clock().toISOString(),
            remoteAddress,
            ...(current?.boot ? { boot: current.boot } : {}),
          },
          event: newEvent({
            id: `${stationId}/link/${epoch}/up`,
            type: 'station.connected',
            at: clock(),
            subject: `station.${subjectPart(stationId)}`,
            data: { stationId, protocol: version, epoch },
          }),
        }
      })
      return row!.epoch
    },
    release,
    booted: async (stationId, epoch, boot) => {
      await change(stationId, (current) => {
        if (!current) return undefined
        const { _rev, ...row } = current
        return {
          row: { ...row, boot },
          event: newEvent({
            id: `${stationId}/link/${epoch}/boot/${boot.at}`,
            type: 'station.booted',
            at: new Date(boot.at),
            subject: `station.${subjectPart(stationId)}`,
            data: {
              stationId,
              vendor: boot.vendor,
              model: boot.model,
              ...(boot.serial === undefined ? {} : { serial: boot.serial }),
              ...(boot.firmware === undefined ? {} : { firmware: boot.firmware }),
              ...(boot.reason === undefined ? {} : { reason: boot.reason }),
            },
          }),
        }
      })
    },
    releaseLeftovers: async (of = holder) => {
      for (;;) {
        const { items } = await store.find<StationLink>('ocpp_links', { holder: of, connected: true }, { limit: 500 })
        if (items.length === 0) return
        for (const { _id, epoch } of items)
          await release(_id, epoch, of === holder ? 'The server was restarted' : `The process ${of} is gone`)
      }
    },
    knownMaxPowerW: (stationId) => caps.get(stationId),
    maxPowerW: async (stationId) => {
      const known = caps.get(stationId)
      if (known !== undefined) return known
      const cap = (await store.get<Station>('ocpp_stations', stationId))?.maxPowerW ?? anyMaxPowerW
      caps.set(stationId, cap)
      return cap
    },
  }
}
