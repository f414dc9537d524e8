import type { ChainAddresses, StandingOffer, TermsStruct } from '@werenode/chain'
import {
  chargeEscrowAbi,
  evseRegistryAbi,
  operatorRegistryAbi,
  partyFromBytes,
  standardFromBytes,
} from '@werenode/chain'
import type { Address, Hex } from '@werenode/core'
import { decodeEventLog, type Log, toEventSelector } from 'viem'
import { type Operator, type Plug, plugKey } from './plug.ts'

/** Everything the app knows of the network, folded from events; plain values, so that the browser can keep it. */
export interface Index {
  readonly plugs: Map<string, Plug>
  readonly operators: Map<Hex, Operator>
  /** Sessions whose deposit is held and that hold their plug: session id -> `plugKey/connector`. */
  readonly live: Map<Hex, string>
}
export const emptyIndex = (): Index => ({ plugs: new Map(), operators: new Map(), live: new Map() })

/** What one batch of events touched: what must be written to the browser's store. */
export interface Touched {
  readonly plugs: Set<string>
  readonly operators: Set<Hex>
  readonly live: Set<Hex>
}

const wanted = {
  evses: ['EvseListed', 'EvseActive', 'MeterKeySet', 'OfferSet', 'OfferRenewed', 'OfferWithdrawn'],
  operators: ['OperatorRegistered', 'OwnershipTransferred'],
  escrow: ['SessionOpened', 'SessionProposed', 'SessionSettled', 'SessionCancelled', 'SessionReclaimed'],
} as const

const selectors = (
  abi: readonly { readonly type: string; readonly name?: string }[],
  names: readonly string[],
): Hex[] =>
  abi
    .filter(({ type, name }) => type === 'event' && names.includes(name ?? ''))
    .map((event) => toEventSelector(event as never))

/** The first topics of all events the index is made of: everything else stays at the node. */
export const indexTopics: readonly Hex[] = [
  ...selectors(evseRegistryAbi, wanted.evses),
  ...selectors(operatorRegistryAbi, wanted.operators),
  ...selectors(chargeEscrowAbi, wanted.escrow),
]

/** Takes logs, oldest first, into the index. Logs of other contracts or unknown events are passed over. */
export const fold = (index: Index, logs: readonly Log[], addresses: ChainAddresses): Touched => {
  const touched: Touched = { plugs: new Set(), operators: new Set(), live: new Set() }
  const registry = addresses.evseRegistry.toLowerCase()
  const operators = addresses.operatorRegistry.toLowerCase()
  const escrow = addresses.escrow.toLowerCase()
  for (const log of logs) {
    const from = log.address.toLowerCase()
    if (from === registry) takeEvse(index, touched, decode(evseRegistryAbi, log))
    else if (from === operators) takeOperator(index, touched, decode(operatorRegistryAbi, log))
    else if (from === escrow) takeSession(index, touched, decode(chargeEscrowAbi, log))
  }
  return touched
}

interface Decoded {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

const decode = (abi: readonly unknown[], { topics, data }: Log): Decoded | undefined => {
  try {
    const event = decodeEventLog({ abi: abi as never, topics: topics as [Hex, ...Hex[]], data })
    return { name: String(event.eventName), args: (event.args ?? {}) as unknown as Record<string, unknown> }
  } catch {
    // An event of another version of the contract: it says nothing this index is made of.
    return undefined
  }
}

interface Listing {
  readonly evseId: string
  readonly name: string
  readonly latitudeE7: number
  readonly longitudeE7: number
  readonly connectors: readonly { readonly connector: number; readonly standard: Hex; readonly maxPowerW: number }[]
}

const takeEvse = (index: Index, touched: Touched, event: Decoded | undefined): void => {
  if (event === undefined) return
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
  index.plugs.set(key, next)
  touched.plugs.add(key)
}

const takeOperator = (index: Index, touched: Touched, event: Decoded | undefined): void => {
  if (event === undefined) return
  const { args } = event
  const id = args.operatorId as Hex
  const before = index.operators.get(id)
  if (event.name === 'OperatorRegistered')
    index.operators.set(id, {
      id,
      owner: (args.owner ?? args.founder) as Address,
      party: partyFromBytes(args.party as Hex),
    })
  else if (event.name === 'OwnershipTransferred' && before !== undefined)
    index.operators.set(id, { ...before, owner: args.newOwner as Address })
  touched.operators.add(id)
}

const takeSession = (index: Index, touched: Touched, event: Decoded | undefined): void => {
  if (event === undefined) return
  const { args } = event
  const id = args.sessionId as Hex
  if (event.name === 'SessionOpened') {
    const { operatorId, evseIdHash, connector } = args.terms as TermsStruct
    index.live.set(id, `${plugKey(operatorId, evseIdHash)}/${connector}`)
  } else if (!index.live.delete(id)) return
  touched.live.add(id)
}

/** How many sessions hold each connector, by `plugKey/connector`. */
export const busyConnectors = (index: Index): ReadonlySet<string> => new Set(index.live.values())
