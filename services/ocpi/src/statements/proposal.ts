import { any, type Infer, int, maybe, object, one, oneOf, string } from '../schema/schema.ts'

/**
 * What two nodes of this kind say to each other when a period is closed (docs/decisions/080): our own words beside OCPI's, read by the
 * same rules. Hashes and addresses are hexadecimal, amounts decimal strings of micro-euro, times Unix seconds where OCPI has no field.
 */
const hash = string(66, /^0x[0-9a-f]{64}$/i)
const address = string(42, /^0x[0-9a-f]{40}$/i)
const signature = string(5_000, /^0x([0-9a-f]{2}){65,}$/i)

/** `GET <statement>/operator`: who this node is on which chain. */
export const operatorOnChain = object('OperatorOnChain', {
  chain_id: one(int),
  escrow: one(address),
  token: one(address),
  operator_id: one(hash),
})
const signedStatement = object('SignedStatement', {
  payer_id: one(hash),
  payee_id: one(hash),
  number: one(int),
  period_start: one(int),
  period_end: one(int),
  total: one(string(30, /^[1-9]\d*$/)),
  deadline: one(int),
  signer: one(address),
  signature: one(signature),
})
/** `POST <statement>`: the sender closes a period. Without a statement nobody owes anything. */
export const proposal = object('StatementProposal', {
  from: one(string(30)),
  to: one(string(30)),
  operator: one(operatorOnChain),
  /** Over the CDRs; absent when there is none. */
  root: maybe(hash),
  statement: maybe(signedStatement),
})
/** Its answer: `signed` with a signature where there is a statement; `even`; or `disputed` with the reasons. */
export const verdict = object('StatementVerdict', {
  state: one(oneOf(['signed', 'even', 'disputed'])),
  signer: maybe(address),
  signature: maybe(signature),
  reasons: any(string(500)),
})
export type OperatorOnChain = Infer<typeof operatorOnChain>
export type Proposal = Infer<typeof proposal>
export type Verdict = Infer<typeof verdict>
