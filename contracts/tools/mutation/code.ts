import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile, type Sources } from '../compile.ts'

/** As foundry.toml has it: nothing is optimised, but the stack is allocated so that OpenZeppelin's P256 compiles. */
export const quickOptimizer = {
  enabled: true,
  runs: 200,
  details: {
    peephole: false,
    inliner: false,
    jumpdestRemover: false,
    orderLiterals: false,
    deduplicate: false,
    cse: false,
    constantOptimizer: false,
    yul: true,
    yulDetails: { stackAllocation: true, optimizerSteps: ':' },
  },
} as const

const noOptimizer = { enabled: false, runs: 200 } as const
/** Without P256 in them they compile in half the time. */
const shallow = ['ChargeEscrow', 'OperatorRegistry', 'TestEuro']

export type Codes = ReadonlyMap<string, string>

/** Creation code by contract, for use: as it is deployed. */
export const finalCodes = (sources: Sources, names: readonly string[]): Codes => codesOf(sources, names, undefined)

/** Creation code by contract, compiled for speed: what the tests see of a contract is the same. */
export const quickCodes = (sources: Sources, names: readonly string[]): Codes => {
  const easy = names.every((name) => shallow.includes(name))
  return codesOf(sources, names, easy ? noOptimizer : quickOptimizer)
}

const codesOf = (
  sources: Sources,
  names: readonly string[],
  optimizer: typeof noOptimizer | typeof quickOptimizer | undefined,
): Codes => {
  const only = names.map((name) => `src/${name}.sol`)
  const choice = optimizer === undefined ? {} : { optimizer }
  const { contracts } = compile(sources, { only, outputs: ['evm.bytecode.object'], ast: false, ...choice })
  return new Map(names.map((name) => [name, contracts[`src/${name}.sol`]![name]!.evm.bytecode.object]))
}

/** Lays the creation codes where the tests look for them (WERENODE_MUTANT, see test/support/Code.sol). */
export const layOut = (folder: string, codes: Codes): void => {
  for (const [name, code] of codes) writeFileSync(join(folder, `${name}.hex`), `0x${code}`)
}
