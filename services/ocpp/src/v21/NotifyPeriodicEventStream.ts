import type { Store } from '@werenode/core'
import { streamSeries } from '../collections.ts'
import type { Handler } from '../link/handler.ts'
import { parseStationTime } from '../wire/station-time.ts'

/** OCPP 2.1 N14: values of a stream, by SEND: nothing is answered. `t` counts seconds from the base time. */
interface Request {
  readonly id?: number
  readonly pending?: number
  readonly basetime?: string
  readonly data?: readonly { readonly t?: number; readonly v?: string }[]
}

export const createNotifyPeriodicEventStream =
  ({ store }: { store: Store }): Handler<Request, undefined> =>
  async ({ id = 0, basetime, data = [] }, { stationId, receivedAt }) => {
    const base = (parseStationTime(basetime) ?? receivedAt).getTime()
    const points = data.map(({ t = 0, v = '' }) => ({ at: Math.round(base + t * 1000), value: v }))
    if (points.length > 0)
      await store.write([{ op: 'append', series: streamSeries, key: `${stationId}/${id}`, points }])
    return undefined
  }
