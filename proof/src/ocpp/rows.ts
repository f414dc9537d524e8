import type { CollectionSpec, Store, WriteOp } from '@werenode/core'

/** The payload of OCPP 1.6 MeterValues, as far as the load of this proof goes. */
export interface MeterValues {
  readonly transactionId?: number
  readonly meterValue: readonly {
    readonly timestamp: string
    readonly sampledValue: readonly { readonly value: string }[]
  }[]
}

/** Where floor and peer keep what our service keeps in the log of the bus: the same columns, the same indexes. */
export const eventRows: CollectionSpec = {
  name: 'proof_events',
  indexes: [{ fields: ['seq'], unique: true }, { fields: ['subject', 'seq'] }],
}

/** Makes one MeterValues durable as bare rows in one write: the reading, and the event that tells of it. */
export const createKeep = (store: Store) => {
  let seq = 0
  return async (stationId: string, { transactionId, meterValue: [first] }: MeterValues): Promise<void> => {
    const at = new Date(first!.timestamp)
    const [register, power] = first!.sampledValue
    const receivedAt = new Date().toISOString()
    const registerWh = Number(register!.value)
    const powerW = Number(power!.value)
    seq += 1
    const event = {
      _id: `${stationId}/${transactionId}/meter/${at.getTime()}/${registerWh}/Sample.Periodic/`,
      seq,
      storedAt: receivedAt,
      type: 'transaction.meter',
      v: 1,
      at: receivedAt,
      subject: `transaction.${stationId}.${transactionId}`,
      data: {
        stationId,
        transactionId: String(transactionId),
        stationAt: at.toISOString(),
        receivedAt,
        registerWh,
        powerW,
        offline: false,
        flags: [],
      },
    }
    const ops: WriteOp[] = [
      {
        op: 'append',
        series: 'ocpp_meter',
        key: `${stationId}/${transactionId}`,
        points: [{ at: at.getTime(), value: { wh: registerWh, w: powerW, raw: first!.sampledValue } }],
      },
      { op: 'insert', in: eventRows.name, doc: event },
    ]
    await store.write(ops)
  }
}
