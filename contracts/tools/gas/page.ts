import { bars, type Figures } from './bars.ts'

/** Fees the prices are stated at. */
const networks = [
  { name: 'a rollup at 0.01 gwei', gwei: 0.01 },
  { name: 'a rollup at 0.1 gwei', gwei: 0.1 },
  { name: 'Ethereum at 1 gwei', gwei: 1 },
] as const
const euroPerEther = 3000

/** Whole sessions, as sums of their operations. */
const sessions: readonly { readonly name: string; readonly steps: readonly string[] }[] = [
  {
    name: 'credit, settled in a batch',
    steps: ['open from credit', 'settle, each of 30 credit-funded in a batch'],
  },
  { name: 'credit, settled alone', steps: ['open from credit', 'settle co-signed'] },
  {
    name: 'a regular at his plug, settled in a batch',
    steps: ['open from credit, same driver and connector again', 'settle, each of 30 credit-funded in a batch'],
  },
  {
    name: 'wallet by one signature, settled in a batch',
    steps: ['open with authorization', 'settle, each of 30 wallet-funded in a batch'],
  },
  {
    name: 'wallet by one signature, settled alone',
    steps: ['open with authorization', 'settle co-signed, refund to a wallet'],
  },
  { name: 'nobody co-signs', steps: ['open from credit', 'propose', 'finalise'] },
  { name: 'disputed and proven', steps: ['open from credit', 'propose', 'dispute', 'prove, secp256k1 meter'] },
  { name: 'cancelled by the operator', steps: ['open from credit', 'cancel'] },
]

/** docs/contracts/gas.md from the measured figures. */
export const gasPage = (figures: Figures): string =>
  [
    '# What the chain costs',
    '',
    'Gas of each operation as a transaction of its own: the 21,000 of a transaction, calldata and refunds included.',
    'Measured by `node tools/gas.ts` in `contracts/` on the committed bytecode; written by the same command. "Each of 30" is',
    'the whole batch transaction divided by 30.',
    '',
    `Prices are stated at ${euroPerEther.toLocaleString('en')} euro per ether, without what a rollup adds for its data on layer 1`,
    '(about 1 kB of calldata per single operation, 0.8 kB per batched settlement).',
    '',
    '## Operations',
    '',
    '| operation | gas | bar |',
    '|---|---:|---:|',
    ...Object.entries(figures).map(
      ([name, gas]) => `| ${name} | ${number(gas)} | ${bars[name] ? number(bars[name]) : ''} |`,
    ),
    '',
    '## Sessions',
    '',
    `| session | gas | ${networks.map(({ name }) => name).join(' | ')} |`,
    `|---|---:|${networks.map(() => '---:').join('|')}|`,
    ...sessions.map(({ name, steps }) => {
      const gas = steps.reduce((sum, step) => sum + (figures[step] ?? Number.NaN), 0)
      return `| ${name} | ${number(gas)} | ${networks.map(({ gwei }) => euro(gas, gwei)).join(' | ')} |`
    }),
    '',
    "An account's first credit and a driver's first session on a connector write fresh storage slots (about 17,000 gas",
    'more than later ones); the tables say which is which.',
    '',
  ].join('\n')

const number = (value: number): string => value.toLocaleString('en')

const euro = (gas: number, gwei: number): string => {
  const price = gas * gwei * 1e-9 * euroPerEther
  return price < 0.1 ? `${(price * 100).toFixed(2)} ct` : `${price.toFixed(2)} EUR`
}
