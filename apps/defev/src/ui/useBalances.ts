import { chargeEscrowAbi, testEuroAbi } from '@werenode/chain'
import { useEffect, useState } from 'react'
import { ContractFunctionExecutionError, ContractFunctionRevertedError, ContractFunctionZeroDataError } from 'viem'
import { onlyAway } from '../wallet/trouble.ts'
import { useDesk } from './context.ts'

export interface Balances {
  readonly walletMicro: bigint
  readonly creditMicro: bigint
  /** The token's permit nonce; undefined where it has no EIP-2612. */
  readonly permitNonce: bigint | undefined
  readonly allowanceMicro: bigint
}

/** What the account holds, asked again whenever something may have changed. */
export const useBalances = (): Balances | undefined => {
  const { reader, deployment, account, tick } = useDesk()
  const [balances, setBalances] = useState<Balances>()
  useEffect(() => {
    let gone = false
    if (account === undefined) return setBalances(undefined)
    const { escrow, tokens } = deployment.addresses
    const token = { address: tokens[0]!.address, abi: testEuroAbi } as const
    Promise.all([
      reader.readContract({ ...token, functionName: 'balanceOf', args: [account] }),
      reader.readContract({
        ...{ address: escrow, abi: chargeEscrowAbi, functionName: 'creditOf' },
        args: [account, token.address],
      }),
      reader.readContract({ ...token, functionName: 'nonces', args: [account] }).catch(ifRefused),
      reader.readContract({ ...token, functionName: 'allowance', args: [account, escrow] }),
    ]).then(
      ([walletMicro, creditMicro, permitNonce, allowanceMicro]) => {
        if (!gone) setBalances({ walletMicro, creditMicro, permitNonce, allowanceMicro })
      },
      // A node that is away is told of at the top of the page; the last figures stay.
      onlyAway,
    )
    return () => {
      gone = true
    }
  }, [reader, deployment, account, tick])
  return balances
}

/** A token without EIP-2612 refuses the question; a node that is away is another matter. */
const ifRefused = (error: unknown): undefined => {
  const cause = error instanceof ContractFunctionExecutionError ? error.cause : undefined
  if (cause instanceof ContractFunctionRevertedError || cause instanceof ContractFunctionZeroDataError) return undefined
  throw error
}
