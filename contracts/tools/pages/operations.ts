import { type Compilation, type CompiledContract, root } from '../compile.ts'
import { reachOf } from './reach.ts'

export interface Page {
  readonly path: string
  readonly text: string
}

/** Contract -> where its functions are written. */
const documented: Readonly<Record<string, readonly string[]>> = {
  ChargeEscrow: ['ChargeEscrow', 'CreditLedger', 'RoamingLedger'],
  OperatorRegistry: ['OperatorRegistry'],
  EvseRegistry: ['EvseRegistry'],
}

/** Figures of the gas table whose names begin with these words belong to the operation. */
const measured: Readonly<Record<string, readonly string[]>> = {
  open: ['open from credit'],
  openWithAuthorization: ['open with authorization'],
  openWithPermit: ['open with permit'],
  openDirect: ['open as driver'],
  voidTerms: ['void terms'],
  topUp: ['top up'],
  acknowledgeStart: ['acknowledge start'],
  acknowledgeStartBatch: ['acknowledge start, each'],
  requestCancel: ['request cancel'],
  finaliseCancel: ['finalise cancel'],
  cancel: ['cancel'],
  settle: ['settle co-signed'],
  settleBatch: ['settle, each'],
  propose: ['propose'],
  finalise: ['finalise'],
  reclaim: ['reclaim'],
  dispute: ['dispute'],
  prove: ['prove,'],
  concede: ['concede'],
  deposit: ['deposit', "deposit, the account's first"],
  depositWithAuthorization: ['deposit with authorization'],
  withdraw: ['withdraw'],
  withdrawSigned: ['withdraw, signed'],
  payStatement: ['pay a roaming'],
  register: ['register an operator'],
  registerBatch: ['register an EVSE'],
  setOffers: ['set a standing'],
  renewOffers: ['renew a standing'],
}
/** Names that are beginnings of others. */
const exact = new Set(['cancel', 'finalise', 'deposit', "deposit, the account's first", 'withdraw'])

/** What a parameter means wherever its function says nothing else. */
const usual: Readonly<Record<string, string>> = {
  terms: 'The whole agreement; its hash is the session.',
  receipt: 'The whole receipt.',
  consent: "The operator's quote, or its standing offer.",
  deadline: 'Of the signature, Unix seconds.',
  driverSignature: 'By the driver over the terms; empty when the driver is the sender.',
  signature: 'Empty when the one who has to agree is the sender.',
  permit: 'EIP-2612; deadline 0 = none. A failing one is ignored.',
  token: 'An accepted ERC-20.',
  amount: "In the token's smallest units.",
  operatorId: 'Whose it is.',
  evseIdHash: 'Which EVSE.',
  evseIdHashes: 'Which EVSEs, 1 to 100.',
  items: '1 to 100.',
  batch: '1 to 100 agreements.',
  item: 'One item as in the batch.',
  meterKey: "The key's bytes: 20 or 84.",
  evidence: "The START and the END record with the meter key's signatures and their proofs under meterRoot.",
  record: 'A START record.',
  sender: 'Who sent the batch.',
  beneficiary: 'Whose credit grows.',
  meterKeyHash: 'keccak256 of the key.',
  payout: 'The new account; it counts 48 h later.',
  account: 'Whose.',
  listings: '1 to 100: what maps show. Degrees x 10^7, W.',
  updates: '1 to 100: EVSE, offer, and until when it holds, Unix seconds.',
  metadataUri: 'Where more about the operator is told.',
  keyClass: 'STATION or GATEWAY.',
  validFrom: 'Unix seconds, at least 24 h ahead.',
  newMax: 'What the session shall hold then, smallest units.',
  newOwner: 'Who may accept.',
  active: 'Whether standing opens are taken.',
  to: 'Where it goes.',
}

/** What drivers and operators are told of an error, for those whose name says it all to a programmer. */
const { sentencesEn: sentences } = (await import(
  new URL('../packages/chain/src/errors/sentences.en.ts', root).href
)) as { readonly sentencesEn: Readonly<Record<string, { readonly title: string }>> }

interface Input {
  readonly name: string
  readonly type: string
  readonly internalType?: string
}
interface AbiFunction {
  readonly type: string
  readonly name: string
  readonly stateMutability: string
  readonly inputs: readonly Input[]
  readonly outputs: readonly Input[]
}

/** docs/contracts/operations: a page per state-changing function, and the list of all. */
export const operationPages = (compilation: Compilation, gas: Readonly<Record<string, number>>): readonly Page[] => {
  const reach = reachOf(compilation)
  const rows: string[] = []
  const pages: Page[] = []
  for (const [contract, writtenIn] of Object.entries(documented)) {
    const compiled = compilation.contracts[`src/${contract}.sol`]![contract]!
    const functions = (compiled.abi as unknown as readonly AbiFunction[]).filter(({ type }) => type === 'function')
    const changing = functions.filter(({ stateMutability }) => stateMutability === 'nonpayable')
    rows.push('', `## ${contract}`, '', '| operation | what it does |', '|---|---|')
    for (const one of changing) {
      const notice = noticeOf(compiled, one)
      const reached = writtenIn
        .map((name) => reach(name, one.name))
        .find(({ errors, events }) => errors.size + events.size > 0)
      rows.push(`| [${one.name}](${one.name}.md) | ${firstSentence(notice)} |`)
      pages.push({ path: `${one.name}.md`, text: pageOf(contract, compiled, one, reached, gas) })
    }
    const reading = functions.filter(({ stateMutability }) => stateMutability !== 'nonpayable')
    const told = reading.filter((one) => noticeOf(compiled, one) !== '')
    rows.push('', '| view | what it answers |', '|---|---|')
    rows.push(...told.map((one) => `| \`${signatureOf(one)}\` | ${noticeOf(compiled, one)} |`))
  }
  const head = [
    '# Operations',
    '',
    'One page per function that changes something. Written by `node tools/docs.ts` in `contracts/` from the sources, their comments and the gas',
    'table; a test holds them together. `#n` are [transitions](../transitions.md), `Rn` [rules](../rules.md).',
  ]
  return [...pages, { path: 'README.md', text: `${[...head, ...rows].join('\n')}\n` }]
}

const pageOf = (
  contract: string,
  compiled: CompiledContract,
  one: AbiFunction,
  reached: { readonly errors: ReadonlySet<string>; readonly events: ReadonlySet<string> } | undefined,
  gas: Readonly<Record<string, number>>,
): string => {
  const doc = compiled.devdoc.methods?.[selectorText(one)]
  const parameters = one.inputs.map(
    ({ name, type, internalType }) =>
      `| \`${name}\` | ${typeOf(type, internalType)} | ${linked(doc?.params?.[name] ?? usual[name] ?? '')} |`,
  )
  const figures = Object.entries(gas).filter(([name]) =>
    (measured[one.name] ?? []).some((start) => (exact.has(start) ? name === start : name.startsWith(start))),
  )
  const list = (names: ReadonlySet<string> | undefined, kind: 'errors' | 'events'): readonly string[] =>
    [...(names ?? [])].sort().map((name) => `| \`${name}\` | ${wordsOf(compiled, kind, name)} |`)
  const section = (title: string, columns: string, rows: readonly string[]): readonly string[] =>
    rows.length === 0
      ? []
      : [
          '',
          `## ${title}`,
          '',
          `| ${columns} |`,
          `|${columns
            .split('|')
            .map(() => '---')
            .join('|')}|`,
          ...rows,
        ]
  return [
    `# ${one.name}`,
    '',
    `\`${contract}.${signatureOf(one)}\``,
    '',
    linked(noticeOf(compiled, one)),
    ...(doc?.details === undefined ? [] : ['', linked(doc.details)]),
    ...section('With', 'parameter | type | meaning', parameters),
    ...(one.outputs.length === 0 || doc?.returns === undefined
      ? []
      : ['', `Answers: ${Object.values(doc.returns).join('; ')}`]),
    ...section('Tells', 'event | meaning', list(reached?.events, 'events')),
    ...section('Reverts with', 'error | meaning', list(reached?.errors, 'errors')),
    ...(one.name.endsWith('Batch') && contract === 'ChargeEscrow'
      ? [
          '',
          `An item that cannot be done is left out; its reason is one of [${itemOf(one.name)}](${itemOf(one.name)}.md).`,
        ]
      : []),
    ...section(
      'Costs',
      'measured | gas',
      figures.map(([name, value]) => `| ${name} | ${value.toLocaleString('en')} |`),
    ),
    '',
    '[All operations](README.md)',
    '',
  ].join('\n')
}

const itemOf = (batch: string): string => (batch === 'settleBatch' ? 'settleItem' : 'acknowledgeItem')
const selectorText = ({ name, inputs }: AbiFunction): string => `${name}(${inputs.map(canonical).join(',')})`
const canonical = (input: Input): string => {
  const parts = (input as Input & { components?: readonly Input[] }).components
  return parts === undefined ? input.type : input.type.replace('tuple', `(${parts.map(canonical).join(',')})`)
}
const typeOf = (type: string, internal: string | undefined): string =>
  `\`${(internal ?? type).replace(/^(struct|enum|contract) /, '')}\``
const signatureOf = ({ name, inputs }: AbiFunction): string =>
  `${name}(${inputs.map((input) => input.name || typeOf(input.type, input.internalType).replaceAll('`', '')).join(', ')})`
const noticeOf = (compiled: CompiledContract, one: AbiFunction): string =>
  compiled.userdoc.methods?.[selectorText(one)]?.notice ?? ''
const firstSentence = (text: string): string => /^.*?[.;](?= |$)/.exec(text)?.[0].replace(/;$/, '.') ?? text

/** The comment of an event or error; the ABI's documentation names them with their types. */
const wordsOf = (compiled: CompiledContract, kind: 'errors' | 'events', name: string): string => {
  const found = Object.entries(compiled.userdoc[kind] ?? {}).find(([signature]) =>
    signature.startsWith(`${name}(`),
  )?.[1]
  const notice = Array.isArray(found) ? found[0]?.notice : found?.notice
  const errors = kind === 'errors' ? Object.entries(compiled.devdoc.errors ?? {}) : []
  const details = errors.find(([signature]) => signature.startsWith(`${name}(`))?.[1][0]?.details
  return linked(notice ?? details ?? sentences[name]?.title ?? '')
}

const linked = (text: string): string =>
  text
    .replaceAll(/(?<![\w[])(R\d+)\b/g, '[$1](../rules.md)')
    .replaceAll(/(?<![\w[&])(#\d+)\b/g, '[$1](../transitions.md)')
