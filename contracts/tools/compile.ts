import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import solc from 'solc'

/** The folder of this package. */
export const root = new URL('../', import.meta.url)

/** The settings forge uses too (foundry.toml); a test compares them. */
export const settings = {
  evmVersion: 'cancun',
  optimizer: { enabled: true, runs: 200 },
  metadata: { bytecodeHash: 'none', appendCBOR: false },
} as const

export type Sources = Record<string, string>
export interface AstNode {
  readonly nodeType: string
  readonly src: string
  readonly [key: string]: unknown
}
export interface CompiledContract {
  readonly abi: readonly Record<string, unknown>[]
  readonly evm: {
    readonly bytecode: { readonly object: string }
    readonly deployedBytecode: {
      readonly object: string
      readonly immutableReferences: Readonly<
        Record<string, readonly { readonly start: number; readonly length: number }[]>
      >
    }
  }
  readonly metadata: string
  readonly userdoc: {
    readonly methods?: Readonly<Record<string, { readonly notice?: string }>>
    readonly errors?: Readonly<Record<string, readonly { readonly notice?: string }[]>>
    readonly events?: Readonly<Record<string, { readonly notice?: string }>>
  }
  readonly devdoc: {
    readonly methods?: Readonly<
      Record<
        string,
        {
          readonly details?: string
          readonly params?: Readonly<Record<string, string>>
          readonly returns?: Readonly<Record<string, string>>
        }
      >
    >
    readonly errors?: Readonly<Record<string, readonly { readonly details?: string }[]>>
  }
}
export interface Compilation {
  readonly contracts: Readonly<Record<string, Readonly<Record<string, CompiledContract>>>>
  readonly sources: Readonly<Record<string, { readonly ast: AstNode }>>
}

/** Everything below src/, by its path in this package. */
export const readSources = (): Sources => {
  const names = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  const paths = names
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.sol'))
    .sort()
  return Object.fromEntries(paths.map((path) => [path, readFileSync(new URL(path, root), 'utf8')]))
}

const readImport = (path: string): { contents: string } | { error: string } => {
  try {
    return { contents: readFileSync(new URL(`node_modules/${path}`, root), 'utf8') }
  } catch {
    return { error: `${path} is not installed in ${fileURLToPath(root)}` }
  }
}

/** Thrown when the compiler refuses; the message is the compiler's own. */
export class CompileError extends Error {}

export interface CompileOptions {
  /** Paths that code is generated for; all are checked. */
  readonly only?: readonly string[]
  readonly outputs?: readonly string[]
  readonly ast?: boolean
  readonly optimizer?: { readonly enabled: boolean; readonly runs: number; readonly details?: object }
}

/** Compiles the sources with the npm compiler. Throws CompileError. */
export const compile = (sources: Sources, options: CompileOptions = {}): Compilation => {
  const { only = ['*'], outputs = defaultOutputs, ast = true, optimizer = settings.optimizer } = options
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(Object.entries(sources).map(([path, content]) => [path, { content }])),
    settings: {
      ...settings,
      optimizer,
      outputSelection: Object.fromEntries(only.map((path) => [path, { '*': outputs, '': ast ? ['ast'] : [] }])),
    },
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: readImport })) as Compilation & {
    errors?: readonly { severity: string; formattedMessage: string }[]
  }
  const errors = (output.errors ?? []).filter((problem) => problem.severity === 'error')
  if (errors.length > 0) throw new CompileError(errors.map((problem) => problem.formattedMessage).join('\n'))
  return output
}

const defaultOutputs = [
  'abi',
  'metadata',
  'userdoc',
  'devdoc',
  'evm.bytecode.object',
  'evm.deployedBytecode.object',
  'evm.deployedBytecode.immutableReferences',
]

export const compilerVersion = (): string => solc.version()

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
