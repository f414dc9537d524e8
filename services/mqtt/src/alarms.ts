import { randomUUID } from 'node:crypto'
import type { Clock, Doc, Store } from '@werenode/core'
import type { Logger } from 'pino'
import type { BrokerAlarm } from './transport/embedded-broker.ts'

/** Something at the broker an operator should look at. */
export interface Alarm extends Doc {
  readonly _id: string
  readonly kind: BrokerAlarm['kind'] | 'retained-command'
  /** The credential it came with; '' when none was known. */
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
  recent(limit: number): Promise<readonly Alarm[]>
  /** Waits for what is being written. */
  settled(): Promise<void>
}

/** Keeps alarms, at most one document a minute for the same thing: an attack must not fill the disk. */
export const createAlarms = ({ store, clock, log }: { store: Store; clock: Clock; log: Logger }): Alarms => {
  const open = new Map<string, { alarm: Alarm; since: number }>()
  let writing: Promise<unknown> = Promise.resolve()

  const write = (alarm: Alarm): void => {
    writing = writing
      .then(() => store.write([{ op: 'put', in: 'mqtt_alarms', doc: alarm }]))
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
      write(alarm)
    },
    recent: async (limit) => (await store.find<Alarm>('mqtt_alarms', {}, { sort: [['at', -1]], limit })).items,
    settled: async () => void (await writing),
  }
}
