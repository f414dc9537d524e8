import { deployed } from '../artifact.ts'
import type { AstNode, Compilation, Sources } from '../compile.ts'
import { childrenOf } from './find.ts'

/** For each source file, the deployed contracts that contain it. */
export const dependants = (sources: Sources, compilation: Compilation): ReadonlyMap<string, readonly string[]> => {
  const imports = new Map(
    Object.keys(sources).map((file) => [
      file,
      importsOf(compilation.sources[file]!.ast).filter((path) => path in sources),
    ]),
  )
  const contains = (file: string, wanted: string, seen = new Set<string>()): boolean => {
    if (file === wanted) return true
    if (seen.has(file)) return false
    seen.add(file)
    return (imports.get(file) ?? []).some((next) => contains(next, wanted, seen))
  }
  return new Map(
    Object.keys(sources).map((file) => [file, deployed.filter((name) => contains(`src/${name}.sol`, file))]),
  )
}

const importsOf = (ast: AstNode): readonly string[] =>
  childrenOf(ast).flatMap((node) => (node.nodeType === 'ImportDirective' ? [node.absolutePath as string] : []))

/** By file: the tests that look at it first; what survives them meets all others too. */
const near: Readonly<Record<string, string>> = {
  'src/OperatorRegistry.sol': 'test/operators/**',
  'src/EvseRegistry.sol': 'test/evses/**',
  'src/libraries/EvseIds.sol': 'test/{libraries,operators,evses}/**',
  'src/EvidenceRules.sol': 'test/escrow/{Evidence,Dispute,Start}*',
  'src/P256MeterVerifier.sol': 'test/escrow/Evidence*',
  'src/TestEuro.sol': 'test/deployment/**',
  'src/CreditLedger.sol': 'test/{credit,deployment}/**',
  'src/RoamingLedger.sol': 'test/credit/PayStatement*',
  'src/libraries/ChargeHashes.sol': 'test/escrow/{Open,Settle,Replay}*',
  'src/libraries/CreditWords.sol': 'test/credit/**',
  'src/libraries/Layout.sol': 'test/{libraries,escrow}/**',
  'src/libraries/Plausibility.sol': 'test/escrow/{Settle,Evidence}*',
  'src/libraries/PriceBound.sol': 'test/libraries/**',
  'src/libraries/Signatures.sol': 'test/escrow/{Open,Consent,Settle}*',
  'src/libraries/TermsLimits.sol': 'test/escrow/TermsLimits*',
}
/** By function of the escrow. */
const nearFunction: readonly (readonly [RegExp, string])[] = [
  [/open|enter|consent|lock|checkSource/i, '{Open,Consent,OpenFromWallet}*'],
  [/void/i, 'VoidTerms*'],
  [/topUp|_take/i, 'TopUp*'],
  [/acknowledge|_start|answerable/i, '{Start,Propose}*'],
  [/cancel|requestStop/i, 'Cancel*'],
  [/batch|settleItem|attempt|scope|_authorised/i, '{SettleBatch,Start}*'],
  [/settle|checkReceipt|boundOf|ownReceipt/i, '{Settle,SettleBatch}*'],
  [/propose|finalise/i, '{Propose,Dispute}*'],
  [/dispute|prove|concede|undisputed/i, 'Dispute*'],
  [/giveBack/i, 'Refund*'],
]

export const nearTests = ({ file, id }: { readonly file: string; readonly id: string }): string => {
  const own = near[file]
  if (own !== undefined) return own
  const owner = id.slice(file.length + 1, id.indexOf(':', file.length))
  const found = nearFunction.find(([names]) => names.test(owner))
  return `test/escrow/${found?.[1] ?? '**'}`
}
export const unitTests = 'test/{escrow,credit,operators,evses,libraries,deployment}/**'
export const invariantTests = 'test/invariants/**'
