import type { Hex } from '@werenode/core'
import { chargeEscrowBytecode } from '../bytecode/ChargeEscrow.ts'
import { evidenceRulesBytecode } from '../bytecode/EvidenceRules.ts'
import { evseRegistryBytecode } from '../bytecode/EvseRegistry.ts'
import { operatorRegistryBytecode } from '../bytecode/OperatorRegistry.ts'
import { p256MeterVerifierBytecode } from '../bytecode/P256MeterVerifier.ts'
import { testEuroBytecode } from '../bytecode/TestEuro.ts'

/** What a contract is made of. `immutables` are the byte ranges of the deployed code its constructor fills in. */
export interface Bytecode {
  readonly sourceHash: string
  readonly creation: Hex
  readonly deployed: Hex
  readonly immutables: readonly { readonly start: number; readonly length: number }[]
}

/** The committed bytecode of every contract. */
export const contracts = {
  OperatorRegistry: operatorRegistryBytecode,
  P256MeterVerifier: p256MeterVerifierBytecode,
  EvseRegistry: evseRegistryBytecode,
  EvidenceRules: evidenceRulesBytecode,
  ChargeEscrow: chargeEscrowBytecode,
  TestEuro: testEuroBytecode,
} as const satisfies Record<string, Bytecode>

export type ContractName = keyof typeof contracts

/** Whether code found on chain is this contract's, whatever its constructor was given. */
export const isCodeOf = (name: ContractName, code: Hex): boolean => {
  const { deployed, immutables }: Bytecode = contracts[name]
  return code.length === deployed.length && masked(code, immutables) === masked(deployed, immutables)
}

const masked = (code: Hex, immutables: Bytecode['immutables']): string => {
  let text = code.toLowerCase()
  for (const { start, length } of immutables) {
    const from = 2 + start * 2
    text = text.slice(0, from) + '0'.repeat(length * 2) + text.slice(from + length * 2)
  }
  return text
}
