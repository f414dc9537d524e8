import { evseIdHash, evseRegistryAbi, standardBytes } from '@werenode/chain'
import {
  type Bus,
  type CollectionSpec,
  type Doc,
  type EventEnvelope,
  type Evse,
  type Hex,
  isWerenodeError,
  type Location,
  type Store,
  type Unsubscribe,
} from '@werenode/core'
import { encodeFunctionData } from 'viem'

/** An EVSE as the registry's logs tell it. `_id` is `<operatorId>/<evseIdHash>`. */
export interface OnChainEvseDoc extends Doc {
  readonly operatorId: Hex
  readonly evseIdHash: Hex
  readonly active: boolean
  readonly meterKey?: Hex
  readonly keyClass?: 'STATION' | 'GATEWAY'
  readonly listedAtBlock: string
  readonly txHash: Hex
}

const collection = 'api_onchain_evses'
export const onChainCollection: CollectionSpec = { name: collection, indexes: [{ fields: ['evseIdHash'] }] }

const idOf = (operatorId: string, hash: string): string => `${operatorId}/${hash}`.toLowerCase()

/** Follows the registry's logs, as the indexer tells them at the configured depth. */
export const followRegistry = (deps: { store: Store; bus: Bus }): Promise<Unsubscribe> => {
  const { store, bus } = deps
  const change = async (event: EventEnvelope<'chain.log'>): Promise<void> => {
    const { contract, name, args, txHash, blockNumber } = event.data
    const { operatorId, evseIdHash: hash } = args as { operatorId?: Hex; evseIdHash?: Hex }
    if (contract !== 'EvseRegistry' || operatorId === undefined || hash === undefined) return
    const _id = idOf(operatorId, hash)
    for (;;) {
      const known = await store.get<OnChainEvseDoc>(collection, _id)
      const { _rev, ...before } = known ?? {
        _rev: 0,
        _id,
        operatorId,
        evseIdHash: hash,
        active: false,
        listedAtBlock: blockNumber,
        txHash,
      }
      const doc: OnChainEvseDoc = {
        ...(before as OnChainEvseDoc),
        ...(name === 'EvseListed' ? { txHash, listedAtBlock: blockNumber } : {}),
        ...(name === 'EvseActive' ? { active: args.active === true } : {}),
        ...(name === 'MeterKeySet'
          ? { meterKey: args.meterKey as Hex, keyClass: Number(args.keyClass) === 0 ? 'STATION' : 'GATEWAY' }
          : {}),
      }
      try {
        await store.write([
          known ? { op: 'replace', in: collection, doc, rev: _rev } : { op: 'insert', in: collection, doc },
        ])
        return
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'conflict') throw error
      }
    }
  }
  const rollBack = async ({ data }: EventEnvelope<'chain.rolledBack'>): Promise<void> => {
    const { items } = await store.find<OnChainEvseDoc>(collection, {}, { limit: 10_000 })
    const gone = items.filter(({ listedAtBlock }) => BigInt(listedAtBlock) > BigInt(data.toBlock))
    if (gone.length > 0) await store.write(gone.map(({ _id }) => ({ op: 'delete', in: collection, id: _id })))
  }
  return bus.consume(
    { group: 'api-registry', types: ['chain.log', 'chain.rolledBack'], from: 'start' },
    async (event) =>
      event.type === 'chain.log'
        ? change(event as EventEnvelope<'chain.log'>)
        : rollBack(event as EventEnvelope<'chain.rolledBack'>),
  )
}

export const onChain = (store: Store, operatorId: Hex, evseId: string) =>
  store.get<OnChainEvseDoc>(collection, idOf(operatorId, evseIdHash(evseId)))

/** The meter key with this hash, if any EVSE of the registry names it. */
export const meterKeyWith = async (
  store: Store,
  operatorId: Hex,
  hash: (key: Hex) => boolean,
): Promise<Hex | undefined> => {
  const { items } = await store.find<OnChainEvseDoc>(collection, {}, { limit: 1_000 })
  return items.find((doc) => doc.operatorId === operatorId && doc.meterKey !== undefined && hash(doc.meterKey))
    ?.meterKey
}

const degreesE7 = (degrees: number): number => Math.round(degrees * 1e7)

/** `EvseRegistry.registerBatch` for one EVSE, ready for the operator's wallet. `meterKey`: 20 or 84 bytes (R21). */
export const registrationCall = (wish: {
  operatorId: Hex
  location: Pick<Location, 'name' | 'position'>
  evse: Pick<Evse, 'evseId' | 'connectors'>
  meterKey: Hex
  keyClass: 'STATION' | 'GATEWAY'
}): Hex => {
  const { operatorId, location, evse, meterKey, keyClass } = wish
  return encodeFunctionData({
    abi: evseRegistryAbi,
    functionName: 'registerBatch',
    args: [
      operatorId,
      [
        {
          listing: {
            evseId: evse.evseId,
            name: location.name,
            latitudeE7: degreesE7(location.position.lat),
            longitudeE7: degreesE7(location.position.lon),
            connectors: evse.connectors.map(({ id, standard, maxPowerW }) => ({
              connector: id,
              standard: standardBytes(standard),
              maxPowerW,
            })),
          },
          meterKey,
          keyClass: keyClass === 'STATION' ? 0 : 1,
          active: true,
        },
      ],
    ],
  })
}
