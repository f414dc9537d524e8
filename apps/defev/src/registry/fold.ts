import type { ChainAddresses, StandingOffer, TermsStruct } from '@werenode/chain'
import {
  chargeEscrowAbi,
  evseRegistryAbi,
  operatorRegistryAbi,
  partyFromBytes,
  standardFromBytes,
} from '@werenode/chain'
import type { Address, Hex } from '@werenode/core'
import { type DecodedEvent, eventDecoder } from './decode.ts'
import { type Operator, type Plug, plugKey } from './plug.ts'

/** Everything the app knows of the network, folded from events; plain values, so that the browser can keep it. */
export interface Index {
  readonly plugs: Map<string, Plug>
  readonly operators: Map<Hex, Operator>
  /** Sessions whose deposit is held and that hold their plug: session id -> `plugKey/connector`. */
  readonly live: Map<Hex, string>
}
export const emptyIndex = (): Index => ({ plugs: new Map(), operators: new Map(), live: new Map() })

/** What one batch of events changed, with what stood there before: what must be written to the browser's store, and how to undo it. */
export interface Change {
  readonly plugs: Map<string, Plug | undefined>
  readonly operators: Map<Hex, Operator | undefined>
  readonly live: Map<Hex, string | undefined>
}
export const noChange = (): Change => ({ plugs: new Map(), operators: new Map(), live: new Map() })

const restore = <K, V>(into: Map<K, V>, before: ReadonlyMap<K, V | undefined>): void => {
  for (const [key, value] of before)
    if (value === undefined) into.delete(key)
    else into.set(key, value)
}

/** Takes a change back: the blocks it came from may not last. */
export const undo = (index: Index, change: Change): void => {
  restore(index.plugs, change.plugs)
  restore(index.operators, change.operators)
  restore(index.live, change.live)
}

const evses = eventDecoder(evseRegistryAbi, [
  'EvseListed',
  'EvseActive',
  'MeterKeySet',
  'OfferSet',
  'OfferRenewed',
  'OfferWithdrawn',
])
const operators = eventDecoder(operatorRegistryAbi, ['OperatorRegistered', 'OwnershipTransferred'])
const sessions = eventDecoder(chargeEscrowAbi, [
  'SessionOpened',
  'SessionProposed',
  'SessionSettled',
  'SessionCancelled',
  'SessionReclaimed',
])

/** The first topics of all events the index is made of: everything else stays at the node. */
export const indexTopics: readonly Hex[] = [...evses.topics, ...operators.topics, ...sessions.topics]

/** A log as a node tells it. */
export interface RawLog {
  readonly address: string
  readonly topics: readonly string[]
  readonly data: string
}

/**
 * Takes logs, oldest first, into the index. Logs of other contracts or unknown events are passed over; so is one whose data is broken,
 * which only another version of the contract could have written: it says nothing this index is made of.
 */
export const fold = (index: Index, logs: readonly RawLog[], addresses: ChainAddresses, change = noChange()): Change => {
  const takers = new Map([
    [addresses.evseRegistry.toLowerCase(), [evses, takeEvse] as const],
    [addresses.operatorRegistry.toLowerCase(), [operators, takeOperator] as const],
    [addresses.escrow.toLowerCase(), [sessions, takeSession] as const],
  ])
  for (const { address, topics, data } of logs) {
    const [decoder, take] = takers.get(address.toLowerCase()) ?? []
    const event = decoder === undefined ? undefined : readable(() => decoder.decode(topics, data))
    if (event !== undefined) take?.(index, change, event)
  }
  return change
}

const readable = (decode: () => DecodedEvent | undefined): DecodedEvent | undefined => {
  try {
    return decode()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Writes down what stood there, once per batch. */
const note = <K, V>(before: Map<K, V | undefined>, of: ReadonlyMap<K, V>, key: K): void => {
  if (!before.has(key)) before.set(key, of.get(key))
}

interface Listing {
  readonly evseId: string
  readonly name: string
  readonly latitudeE7: number
  readonly longitudeE7: number
  readonly connectors: readonly { readonly connector: number; readonly standard: Hex; readonly maxPowerW: number }[]
}

const takeEvse = (index: Index, change: Change, event: DecodedEvent): void => {
  const { args } = event
  const operatorId = args.operatorId as Hex
  const evseIdHash = args.evseIdHash as Hex | undefined
  if (evseIdHash === undefined) return
  const key = plugKey(operatorId, evseIdHash)
  const before: Plug = index.plugs.get(key) ?? {
    ...{ key, operatorId, evseIdHash, evseId: '', name: '', lat: 0, lon: 0, connectors: [], active: false },
  }
  const next = ((): Plug => {
    switch (event.name) {
      case 'EvseListed': {
        const { evseId, name, latitudeE7, longitudeE7, connectors } = args.listing as Listing
        return {
          ...before,
          evseId,
          name,
          lat: latitudeE7 / 1e7,
          lon: longitudeE7 / 1e7,
          connectors: connectors.map((one) => ({ ...one, standard: standardFromBytes(one.standard) })),
        }
      }
      case 'EvseActive':
        return { ...before, active: args.active as boolean }
      case 'MeterKeySet':
        return {
          ...before,
          meterKeyHash: args.meterKeyHash as Hex,
          keyClass: args.keyClass === 0 ? 'STATION' : 'GATEWAY',
          keySince: Number(args.validFrom),
        }
      case 'OfferSet':
        return { ...before, offer: args.offer as StandingOffer, offerUntil: Number(args.validUntil) }
      case 'OfferRenewed':
        return { ...before, offerUntil: Number(args.validUntil) }
      case 'OfferWithdrawn': {
        const { offer: _withdrawn, offerUntil: _until, ...rest } = before
        return rest
      }
      default:
        return before
    }
  })()
  note(change.plugs, index.plugs, key)
  index.plugs.set(key, next)
}

const takeOperator = (index: Index, change: Change, event: DecodedEvent): void => {
  const { args } = event
  const id = args.operatorId as Hex
  const before = index.operators.get(id)
  note(change.operators, index.operators, id)
  if (event.name === 'OperatorRegistered')
    index.operators.set(id, {
      id,
      owner: (args.owner ?? args.founder) as Address,
      party: partyFromBytes(args.party as Hex),
    })
  else if (event.name === 'OwnershipTransferred' && before !== undefined)
    index.operators.set(id, { ...before, owner: args.newOwner as Address })
}

const takeSession = (index: Index, change: Change, event: DecodedEvent): void => {
  const { args } = event
  const id = args.sessionId as Hex
  note(change.live, index.live, id)
  if (event.name === 'SessionOpened') {
    const { operatorId, evseIdHash, connector } = args.terms as TermsStruct
    index.live.set(id, `${plugKey(operatorId, evseIdHash)}/${connector}`)
  } else index.live.delete(id)
}

/** How many sessions hold each connector, by `plugKey/connector`. */
export const busyConnectors = (index: Index): ReadonlySet<string> => new Set(index.live.values())
