import {
  type Address,
  type Bus,
  type Clock,
  type CollectionSpec,
  type Doc,
  type EventEnvelope,
  isWerenodeError,
  type Party,
  partyOf,
  type SessionId,
  type SessionStateName,
  type SessionView,
  type Store,
  type Unsubscribe,
} from '@werenode/core'

/**
 * A charge as this service remembers it from the manager's events: what lists, figures, invoices and webhooks are made of. The session
 * itself is the manager's; this follows it.
 */
export interface ChargeDoc extends Doc {
  readonly _id: SessionId
  readonly driver: Address
  readonly party: Party
  readonly evseId: string
  readonly locationName: string
  readonly stationId: string
  readonly state: SessionStateName
  readonly door: SessionView['door']
  readonly createdAt: string
  readonly startedAt?: string
  readonly endedAt?: string
  /** Hour in which it ended, `2026-11-22T13`, UTC: what figures over time are summed by. */
  readonly endedHour?: string
  readonly energyWh: number
  readonly chargingSeconds: number
  readonly idleSeconds: number
  /** What is to be paid, VAT included; the receipt's once there is one. */
  readonly amountMicro: string
  readonly paidMicro?: string
  /** Register of the meter, Wh. */
  readonly startWh?: number
  readonly endWh?: number
  readonly faulted: boolean
  /** Of the event it was made from, so that an older one changes nothing. */
  readonly seq: number
  readonly view: SessionView
}

export const charges = 'api_charges'
export const chargeCollection: CollectionSpec = {
  name: charges,
  indexes: [
    { fields: ['driver', 'createdAt'] },
    { fields: ['driver', 'endedAt'] },
    { fields: ['party', 'createdAt'] },
    { fields: ['party', 'endedHour'] },
    { fields: ['evseId', 'endedAt'] },
  ],
}

export const chargeOf = (view: SessionView, seq: number): ChargeDoc => ({
  _id: view.id,
  driver: view.driver,
  party: partyOf(view.evseId),
  evseId: view.evseId,
  locationName: view.locationName,
  stationId: view.stationId,
  state: view.state,
  door: view.door,
  createdAt: view.createdAt,
  ...(view.startedAt === undefined ? {} : { startedAt: view.startedAt }),
  ...(view.endedAt === undefined ? {} : { endedAt: view.endedAt, endedHour: view.endedAt.slice(0, 13) }),
  energyWh: view.energyWh,
  chargingSeconds: view.chargingSeconds,
  idleSeconds: view.idleSeconds,
  amountMicro: view.receipt?.amount ?? view.costMicro,
  ...(view.paidMicro === undefined ? {} : { paidMicro: view.paidMicro }),
  ...(view.receipt === undefined ? {} : { startWh: Number(view.receipt.startWh), endWh: Number(view.receipt.endWh) }),
  faulted: view.stopReason === 'fault' || view.state === 'rejected',
  seq,
  view,
})

/** Follows the manager's sessions. `onChange` is told of each change once it is stored. */
export const followCharges = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  onChange?: (charge: ChargeDoc, event: EventEnvelope) => Promise<void>
}): Promise<Unsubscribe> => {
  const { store, bus, onChange } = deps
  return bus.consume(
    { group: 'api-charges', types: ['session.state', 'session.receipt'], from: 'start', concurrency: 8 },
    async (event) => {
      const { view } = event.data as EventEnvelope<'session.state'>['data']
      const doc = chargeOf(view, event.seq)
      for (;;) {
        const known = await store.get<ChargeDoc>(charges, doc._id)
        if (known && known.seq >= event.seq) break
        try {
          await store.write([
            known ? { op: 'replace', in: charges, doc, rev: known._rev } : { op: 'insert', in: charges, doc },
          ])
          break
        } catch (error) {
          if (!isWerenodeError(error) || error.code !== 'conflict') throw error
        }
      }
      await onChange?.(doc, event)
    },
  )
}

/** Register of the same plug at the end of the charge before this one. */
export const endedBefore = async (store: Store, view: SessionView): Promise<number | undefined> => {
  if (view.startedAt === undefined) return undefined
  const { items } = await store.find<ChargeDoc>(
    charges,
    { evseId: view.evseId, endedAt: { $lte: view.startedAt } },
    { sort: [['endedAt', -1]], limit: 5 },
  )
  return items.find(({ _id, endWh }) => _id !== view.id && endWh !== undefined)?.endWh
}
