import { randomUUID } from 'node:crypto'
import type { Bus, Clock, Doc, NewEvent, Store, WriteOp } from '@werenode/core'
import type { Logger } from 'pino'
import type { Danger } from './charge/safety.ts'
import { alarmEvent } from './plug/events.ts'
import type { BrokerAlarm } from './transport/embedded-broker.ts'

/** Something at the broker or at a plug an operator should look at. */
export interface Alarm extends Doc {
  readonly _id: string
  readonly kind: BrokerAlarm['kind'] | Danger['code'] | 'retained-command'
  /** The plug, or the credential it came with; '' when none was known. */
  readonly plugId: string
  readonly at: string
  readonly address: string
  readonly detail: string
  /** How often within the same minute. */
  readonly count: number
}

export interface Alarms {
  raise(alarm: BrokerAlarm): void
  /** Newest first. */
  recent(limit: number, of?: readonly string[]): Promise<readonly Alarm[]>
  /** Waits for what is being written. */
  settled(): Promise<void>
}

/** A plug that is in danger: kept and told with the reading that shows it. */
export const dangerAlarm = (
  plugId: string,
  { code, message }: Danger,
  at: Date,
): { readonly op: WriteOp; readonly event: NewEvent } => {
  const doc: Alarm = {
    _id: `${plugId}/${code}/${at.getTime()}`,
    kind: code,
    plugId,
    at: at.toISOString(),
    address: '',
    detail: message,
    count: 1,
  }
  return { op: { op: 'put', in: 'mqtt_alarms', doc }, event: alarmEvent(plugId, { kind: code, detail: message, at }) }
}

/** Keeps alarms, at most one document a minute for the same thing: an attack must not fill the disk. */
export const createAlarms = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  log: Logger
  /** The plugs behind a credential. Only alarms of known ones are told: names that strangers try are endless. */
  plugsBehind(credentialId: string): readonly string[]
}): Alarms => {
  const { store, bus, clock, log } = deps
  const open = new Map<string, { alarm: Alarm; since: number }>()
  let writing: Promise<unknown> = Promise.resolve()

  const write = (alarm: Alarm, events: readonly NewEvent[] = []): void => {
    const op: WriteOp = { op: 'put', in: 'mqtt_alarms', doc: alarm }
    writing = writing
      .then((): Promise<unknown> => (events.length === 0 ? store.write([op]) : bus.commit([op], events)))
      .catch((error: unknown) => log.error({ err: error, kind: alarm.kind }, 'An alarm could not be kept'))
  }

  return {
    raise: ({ kind, username, address, detail }) => {
      const at = clock()
      const key = `${kind}|${username}|${address}`
      const known = open.get(key)
      if (known && at.getTime() - known.since < 60_000) {
        known.alarm = { ...known.alarm, count: known.alarm.count + 1 }
        // The count is kept at 2, 4, 8 …: enough to see its size.
        if (Math.log2(known.alarm.count) % 1 === 0) write(known.alarm)
        return
      }
      const alarm: Alarm = {
        _id: randomUUID(),
        kind,
        plugId: username,
        at: at.toISOString(),
        address,
        detail,
        count: 1,
      }
      open.set(key, { alarm, since: at.getTime() })
      if (open.size > 5_000)
        for (const oldest of open.keys()) {
          open.delete(oldest)
          break
        }
      log.warn({ kind, username, address, detail }, 'MQTT alarm')
      write(
        alarm,
        deps.plugsBehind(username).map((plugId) => alarmEvent(plugId, { kind, detail, at, address })),
      )
    },
    recent: async (limit, of) =>
      (
        await store.find<Alarm>('mqtt_alarms', of === undefined ? {} : { plugId: { $in: of } }, {
          sort: [['at', -1]],
          limit,
        })
      ).items,
    settled: async () => void (await writing),
  }
}
