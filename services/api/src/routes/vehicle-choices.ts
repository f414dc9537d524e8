import { type Clock, type Doc, isoTime, type Store, WerenodeError } from '@werenode/core'
import { createThings, type VehicleDoc } from '../account/things.ts'
import type { Handlers } from '../http/handler.ts'
import type { OwnSession } from './own-session.ts'

/** Which vehicle took a charge, where its driver said so. `_id` is `<account> <session>`. */
interface VehicleChoiceDoc extends Doc {
  readonly accountId: string
  readonly sessionId: string
  readonly vehicleId: string
  readonly createdAt: string
}

const collection = 'api_vehicle_choices'
/** As many as an account's export holds. */
const most = 10_000

/** A session does not know whose car it was; its driver may say so, and finds it again on every device. */
export const vehicleChoiceRoutes = ({
  store,
  clock,
  ownSession,
}: {
  store: Store
  clock: Clock
  ownSession: OwnSession
}): Pick<Handlers, 'listVehicleChoices' | 'putVehicleChoice'> => {
  const vehicles = createThings<VehicleDoc>({ store, clock, collection: 'api_vehicles', what: 'vehicle' })

  return {
    listVehicleChoices: async ({ principal: { accountId }, query: { limit, cursor } }) => {
      const { items, next } = await store.find<VehicleChoiceDoc>(
        collection,
        { accountId },
        { sort: [['createdAt', 1]], limit, ...(cursor === undefined ? {} : { after: cursor }) },
      )
      return {
        items: items.map(({ sessionId, vehicleId }) => ({ sessionId, vehicleId })) as never,
        ...(next === undefined ? {} : { next }),
      }
    },

    putVehicleChoice: async ({ principal, params: { sessionId }, body: { vehicleId } }) => {
      const { accountId } = principal
      await vehicles.own(accountId, vehicleId)
      await ownSession(principal, sessionId)
      const _id = `${accountId} ${sessionId}`
      const known = await store.get<VehicleChoiceDoc>(collection, _id)
      if (!known && (await store.count(collection, { accountId })) >= most)
        throw new WerenodeError('too-large', `An account keeps the vehicle of at most ${most} charges`, {
          hint: 'The others are taken for your usual vehicle.',
        })
      const doc = { _id, accountId, sessionId, vehicleId, createdAt: known?.createdAt ?? isoTime(clock()) }
      await store.write([{ op: 'put', in: collection, doc }])
      return undefined
    },
  }
}
