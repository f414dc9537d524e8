import {
  chargeEscrowAbi,
  domainOf,
  type TokenEntry,
  type TypedData,
  termsStruct,
  tokenDomainOf,
  topUpAuthorization,
} from '@werenode/chain'
import type { Hex } from '@werenode/core'
import { encodeFunctionData } from 'viem'
import type { Deployment } from '../chain/deployment.ts'
import type { Charge } from './charge.ts'

/** A signed top-up may be sent for this long, seconds. */
export const topUpWithinS = 900

/** The one signature a top-up needs: none where the driver sends the call himself, from credit or by allowance (R13, R34). */
export const topUpSignature = (
  charge: Charge,
  newMax: bigint,
  deadline: number,
  deployment: Deployment,
  token: TokenEntry,
): TypedData | undefined =>
  charge.terms.source === 'Authorization'
    ? topUpAuthorization(
        charge.terms,
        { held: charge.heldMicro, newMax, deadline },
        domainOf(deployment.addresses),
        tokenDomainOf(deployment.addresses, token),
      )
    : undefined

/** Raises what the session holds to `newMax`, cumulative: sent twice, it does nothing the second time. */
export const topUpCall = (charge: Charge, newMax: bigint, deadline: number, signature: Hex | undefined): Hex =>
  encodeFunctionData({
    abi: chargeEscrowAbi,
    functionName: 'topUp',
    args: [termsStruct(charge.terms), newMax, deadline, signature ?? '0x'],
  })
