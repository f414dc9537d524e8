import {
  connectorBits,
  evseRegistryAbi,
  meterKeyHash,
  meterKeyOfAddress,
  operatorRegistryAbi,
  partyBytes,
  type StandingOffer,
  standardBytes,
} from '@werenode/chain'
import type { Address, Hex } from '@werenode/core'
import { encodeFunctionData, zeroHash } from 'viem'
import type { Plug } from '../registry/plug.ts'

/** What an operator says of a plug that is not listed yet. Position in degrees, power in W. */
export interface NewPlug {
  readonly evseId: string
  readonly name: string
  readonly lat: number
  readonly lon: number
  readonly standard: string
  readonly maxPowerW: number
  /** The gateway's key. */
  readonly meterKey: Address
}

/** The first thing about a place that is missing or out of range. */
export const placeFault = (plug: Relisting): keyof Relisting | undefined => {
  if (plug.name.trim() === '') return 'name'
  if (!(Math.abs(plug.lat) <= 90)) return 'lat'
  return Math.abs(plug.lon) <= 180 ? undefined : 'lon'
}

/** The first thing about it that is missing or out of range; undefined when it can be listed. */
export const faultOf = (plug: NewPlug): keyof NewPlug | undefined => {
  if (!/^[A-Za-z]{2}\*?[A-Za-z0-9]{3}\*?E[A-Za-z0-9*]{1,30}$/.test(plug.evseId)) return 'evseId'
  const place = placeFault(plug)
  if (place !== undefined) return place
  if (!(plug.maxPowerW > 0 && plug.maxPowerW <= 4_000_000)) return 'maxPowerW'
  return /^0x[0-9a-fA-F]{40}$/.test(plug.meterKey) ? undefined : 'meterKey'
}

export const registerOperatorCall = (party: string, payout: Address): Hex =>
  encodeFunctionData({ abi: operatorRegistryAbi, functionName: 'register', args: [partyBytes(party), payout, ''] })

export const listPlugCall = (operatorId: Hex, plug: NewPlug): Hex =>
  encodeFunctionData({
    abi: evseRegistryAbi,
    functionName: 'registerBatch',
    args: [
      operatorId,
      [
        {
          listing: {
            evseId: plug.evseId,
            name: plug.name,
            latitudeE7: Math.round(plug.lat * 1e7),
            longitudeE7: Math.round(plug.lon * 1e7),
            connectors: [{ connector: 1, standard: standardBytes(plug.standard), maxPowerW: plug.maxPowerW }],
          },
          meterKey: meterKeyOfAddress(plug.meterKey),
          keyClass: 1,
          active: true,
        },
      ],
    ],
  })

/** What a map shows of a plug, changed; its connectors and id stay. Position in degrees. */
export interface Relisting {
  readonly name: string
  readonly lat: number
  readonly lon: number
}

export const relistCall = (plug: Plug, { name, lat, lon }: Relisting): Hex =>
  encodeFunctionData({
    abi: evseRegistryAbi,
    functionName: 'setListings',
    args: [
      plug.operatorId,
      [
        {
          evseId: plug.evseId,
          name,
          latitudeE7: Math.round(lat * 1e7),
          longitudeE7: Math.round(lon * 1e7),
          connectors: plug.connectors.map((one) => ({ ...one, standard: standardBytes(one.standard) })),
        },
      ],
    ],
  })

export const setActiveCall = ({ operatorId, evseIdHash }: Plug, active: boolean): Hex =>
  encodeFunctionData({ abi: evseRegistryAbi, functionName: 'setActive', args: [operatorId, [evseIdHash], active] })

const day = 86_400

/** A plain price per kWh for 30 days, the longest an offer lives (R11). */
export const priceCall = (plug: Plug, token: Address, payee: Address, pricePerKWh: bigint, nowS: number): Hex => {
  const offer: StandingOffer = {
    token,
    payee,
    startFee: 0n,
    pricePerKWh,
    pricePerMinute: 0n,
    idlePerMinute: 0n,
    tariffHash: plug.offer?.pricePerKWh === pricePerKWh ? plug.offer.tariffHash : zeroHash,
    meterKeyHash: plug.meterKeyHash ?? meterKeyHash('0x'),
    maxPowerW: Math.ceil(Math.max(...plug.connectors.map(({ maxPowerW }) => maxPowerW)) * 1.1),
    disputeWindow: day,
    disputeBond: 250_000n,
    minAmount: 5_000_000n,
    maxAmount: 200_000_000n,
    startDelay: 1_800,
    settlePeriod: 4 * day,
    connectors: connectorBits(plug.connectors.map(({ connector }) => connector)),
  }
  const update = { evseIdHash: plug.evseIdHash, offer, validUntil: nowS + 30 * day - 600 }
  return encodeFunctionData({ abi: evseRegistryAbi, functionName: 'setOffers', args: [plug.operatorId, [update]] })
}
