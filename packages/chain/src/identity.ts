import { type Address, evseKey, type Hex } from '@werenode/core'
import { encodeAbiParameters, encodePacked, keccak256, parseAbiParameters, stringToHex, toHex } from 'viem'

/** The hash an EVSE is known by on chain: of its id in upper case without separators, without connector (R45). */
export const evseIdHash = (evseId: string): Hex => keccak256(toHex(evseKey(evseId)))

/** `FR*WRN` or `FRWRN` -> the five bytes OperatorRegistry takes. */
export const partyBytes = (party: string): Hex => {
  const key = party.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  if (!/^[A-Z]{2}[A-Z0-9]{3}$/.test(key))
    throw new RangeError(
      `"${party}" is not an OCPI party; it looks like FR*WRN: two letters and three letters or digits`,
    )
  return stringToHex(key)
}

/** The five bytes back to `FR*WRN`. */
export const partyFromBytes = (bytes: Hex): string => {
  const text = (bytes.slice(2).match(/../g) ?? [])
    .map((pair) => String.fromCharCode(Number.parseInt(pair, 16)))
    .join('')
  return `${text.slice(0, 2)}*${text.slice(2)}`
}

/** The id `founder` gets when it registers `party` (R44): nobody else can get it. */
export const operatorIdOf = (chainId: number, operatorRegistry: Address, founder: Address, party: string): Hex =>
  keccak256(
    encodeAbiParameters(parseAbiParameters('uint256, address, address, bytes5'), [
      BigInt(chainId),
      operatorRegistry,
      founder,
      partyBytes(party),
    ]),
  )

/** An OCPI ConnectorType as the listing carries it: ASCII, padded to 32 bytes. */
export const standardBytes = (standard: string): Hex => stringToHex(standard, { size: 32 })

export const standardFromBytes = (bytes: Hex): string =>
  (bytes.slice(2).match(/../g) ?? [])
    .map((pair) => String.fromCharCode(Number.parseInt(pair, 16)))
    .join('')
    .replaceAll('\0', '')

/** A secp256k1 meter key as the registry takes it: its address, 20 bytes. The account must have no code (R21). */
export const meterKeyOfAddress = (address: Address): Hex => encodePacked(['address'], [address])

/** A P-256 meter key as the registry takes it: verifier || x || y, 84 bytes (R21). */
export const meterKeyOfP256 = (verifier: Address, publicKey: { readonly x: Hex; readonly y: Hex }): Hex =>
  encodePacked(['address', 'bytes32', 'bytes32'], [verifier, publicKey.x, publicKey.y])

/** What terms pin. */
export const meterKeyHash = (meterKey: Hex): Hex => keccak256(meterKey)
