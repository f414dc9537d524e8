import { type Compilation, type CompiledContract, compilerVersion, settings, sha256 } from './compile.ts'

/** What is committed of a contract: enough to deploy it, to verify what was deployed, and to know what it was made of. */
export interface Artifact {
  readonly contractName: string
  readonly sourceName: string
  readonly compiler: string
  readonly settings: typeof settings
  /** sha256 over the hashes of every source this contract is made of, imports included. */
  readonly sourceHash: string
  readonly abi: readonly Record<string, unknown>[]
  readonly bytecode: `0x${string}`
  readonly deployedBytecode: `0x${string}`
  /** Byte ranges of the deployed code the constructor fills in. */
  readonly immutables: readonly { readonly start: number; readonly length: number }[]
}

/** The contracts that are deployed; interfaces and libraries are inside them. */
export const deployed = [
  'OperatorRegistry',
  'EvseRegistry',
  'P256MeterVerifier',
  'EvidenceRules',
  'ChargeEscrow',
  'TestEuro',
] as const

export const artifactsOf = (compilation: Compilation): readonly Artifact[] =>
  deployed.map((name) => artifactOf(name, `src/${name}.sol`, compilation.contracts[`src/${name}.sol`]![name]!))

const artifactOf = (contractName: string, sourceName: string, contract: CompiledContract): Artifact => ({
  contractName,
  sourceName,
  compiler: compilerVersion(),
  settings,
  sourceHash: sourceHashOf(contract.metadata),
  abi: contract.abi,
  bytecode: `0x${contract.evm.bytecode.object}`,
  deployedBytecode: `0x${contract.evm.deployedBytecode.object}`,
  immutables: Object.values(contract.evm.deployedBytecode.immutableReferences)
    .flat()
    .map(({ start, length }) => ({ start, length }))
    .sort((a, b) => a.start - b.start),
})

const sourceHashOf = (metadata: string): string => {
  const { sources } = JSON.parse(metadata) as { sources: Record<string, { keccak256: string }> }
  const lines = Object.entries(sources).map(([path, source]) => `${path} ${source.keccak256}`)
  return sha256(lines.sort().join('\n'))
}

export const artifactFile = (artifact: Artifact): { path: string; text: string } => ({
  path: `artifacts/${artifact.contractName}.json`,
  text: `${JSON.stringify(artifact, null, 1)}\n`,
})

/** The typed ABI for packages/chain. */
export const abiFile = (artifact: Artifact): { path: string; text: string } => {
  const constant = `${artifact.contractName.charAt(0).toLowerCase()}${artifact.contractName.slice(1)}Abi`
  return {
    path: `../packages/chain/src/abi/${artifact.contractName}.abi.ts`,
    text: `// Made from ${artifact.sourceName} by contracts/tools/build.ts; do not edit.\nexport const ${constant} = ${JSON.stringify(artifact.abi, null, 1)} as const\n`,
  }
}

/** What packages/chain deploys from, laid out as the formatter would. */
export const bytecodeFile = (artifact: Artifact): { path: string; text: string } => {
  const name = artifact.contractName
  const constant = `${name.charAt(0).toLowerCase()}${name.slice(1)}Bytecode`
  const immutables = artifact.immutables.map(({ start, length }) => `    { start: ${start}, length: ${length} },\n`)
  const text = [
    `// Made from ${artifact.sourceName} by contracts/tools/build.ts; do not edit.`,
    `export const ${constant} = {`,
    `  sourceHash: '${artifact.sourceHash}',`,
    `  creation:\n    '${artifact.bytecode}',`,
    `  deployed:\n    '${artifact.deployedBytecode}',`,
    immutables.length === 0 ? '  immutables: [],' : `  immutables: [\n${immutables.join('')}  ],`,
    '} as const',
    '',
  ].join('\n')
  return { path: `../packages/chain/src/bytecode/${name}.ts`, text }
}
