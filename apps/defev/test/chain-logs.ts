import {
  chargeEscrowAbi,
  evseIdHash,
  evseRegistryAbi,
  operatorRegistryAbi,
  partyBytes,
  standardBytes,
} from '@werenode/chain'
import type { Address, Hex } from '@werenode/core'
import { encodeAbiParameters, encodeEventTopics } from 'viem'
import type { RawLog } from '../src/registry/fold.ts'

export const at = (n: number): Address => `0x${n.toString(16).padStart(40, '0')}`
export const word = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`

export const addresses = {
  ...{ chainId: 31337, name: 'local', verifier: at(4), evidenceRules: at(5), tokens: [], fromBlock: 0n },
  ...{ operatorRegistry: at(1), evseRegistry: at(2), escrow: at(3) },
}
const abis = { [at(1)]: operatorRegistryAbi, [at(2)]: evseRegistryAbi, [at(3)]: chargeEscrowAbi } as const

/** A log as a node tells it. */
export const log = (address: Address, name: string, args: Readonly<Record<string, unknown>>): RawLog => {
  const abi = abis[address] as readonly {
    type: string
    name?: string
    inputs?: readonly { name: string; indexed?: boolean }[]
  }[]
  const event = abi.find((item) => item.type === 'event' && item.name === name)!
  const plain = event.inputs!.filter(({ indexed }) => indexed !== true)
  return {
    address,
    topics: encodeEventTopics({ abi: [event], eventName: name, args } as never) as Hex[],
    data: encodeAbiParameters(plain as never, plain.map((input) => args[input.name]) as never),
  }
}

export const operatorId = word(7)
export const offer = {
  ...{ token: at(8), payee: at(9), startFee: 0n, pricePerKWh: 390_000n, pricePerMinute: 0n, idlePerMinute: 0n },
  ...{ tariffHash: word(1), meterKeyHash: word(2), maxPowerW: 24_200, disputeWindow: 86_400, disputeBond: 250_000n },
  ...{ minAmount: 5_000_000n, maxAmount: 200_000_000n, startDelay: 1_800, settlePeriod: 345_600, connectors: 2n },
}

export const founded = log(at(1), 'OperatorRegistered', {
  ...{ operatorId, owner: at(6), party: partyBytes('FR*ABC'), payout: at(9), metadataUri: '' },
})

export const listed = (evseId: string, name: string): readonly RawLog[] => {
  const id = { operatorId, evseIdHash: evseIdHash(evseId) }
  const connectors = [{ connector: 1, standard: standardBytes('IEC_62196_T2'), maxPowerW: 22_000 }]
  const listing = { evseId, name, latitudeE7: 457_578_000, longitudeE7: -48_320_000, connectors }
  return [
    log(at(2), 'EvseListed', { ...id, listing }),
    log(at(2), 'EvseActive', { ...id, active: true }),
    log(at(2), 'OfferSet', { ...id, offerHash: word(5), offer, validUntil: 2_000_000_000 }),
  ]
}

export const opened = (sessionId: Hex, evseId: string): RawLog =>
  log(at(3), 'SessionOpened', {
    ...{ sessionId, operatorId, driver: at(6) },
    terms: {
      ...{ driver: at(6), operatorId, payee: at(9), token: at(8), source: 0, startFee: 0n, pricePerKWh: 1n },
      ...{ pricePerMinute: 0n, idlePerMinute: 0n, maxPowerW: 1, sessionKey: at(0), evseIdHash: evseIdHash(evseId) },
      ...{ connector: 1, maxAmount: 5_000_000n, tariffHash: word(1), meterKeyHash: word(2), disputeBond: 0n },
      ...{ disputeWindow: 3_600, openBy: 1, startBy: 1, settleBy: 1, salt: word(9) },
    },
  })
