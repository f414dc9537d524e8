import {
  quoteTypedData,
  receiptTypedData,
  recordTypedData,
  sessionIdOf,
  sign,
  statementFromWire,
  statementTypedData,
  type TypedData,
  termsTypedData,
  walletOfAccount,
} from '@werenode/chain'
import {
  type Address,
  type Clock,
  type Hex,
  parseSessionId,
  receiptFromWire,
  type SignRequest,
  termsFromWire,
} from '@werenode/core'
import type { LocalAccount } from 'viem/accounts'
import { lower } from './accounts.ts'
import type { SignedOnce } from './once.ts'
import {
  checkIssuerReceipt,
  checkIssuerTerms,
  checkQuote,
  checkReceipt,
  checkStatement,
  type PolicyContext,
} from './policy.ts'

const issuerDay = (clock: Clock): string => `issuer-day:${clock().toISOString().slice(0, 10)}`

/** What the issuer may still deposit today for its cards, micro-euro; never below zero. */
export const issuerLeft = async (cap: bigint, once: SignedOnce, clock: Clock): Promise<bigint> => {
  const left = cap - (await once.spentOn(issuerDay(clock)))
  return left > 0n ? left : 0n
}

/** Signs what is within the policy of the key asked for; throws `terms-refused` for anything else. */
export const createSigner = (context: PolicyContext, once: SignedOnce, clock: Clock) => {
  const { accounts, domain, settings } = context
  const by = async (account: LocalAccount, typed: TypedData): Promise<{ signature: Hex; signer: Address }> => ({
    signature: await sign(walletOfAccount(account), typed),
    signer: lower(account),
  })

  return async (request: SignRequest): Promise<{ signature: Hex; signer: Address }> => {
    switch (request.what) {
      case 'quote': {
        const terms = termsFromWire(request.terms)
        checkQuote(context, terms)
        return by(accounts.signer, quoteTypedData(sessionIdOf(terms, domain), domain))
      }
      case 'receipt': {
        const receipt = receiptFromWire(request.receipt)
        checkReceipt(context, termsFromWire(request.terms), receipt)
        await once.note(`receipt:${receipt.sessionId}`, receipt.amount, 'lower')
        return by(accounts.signer, receiptTypedData(receipt, domain))
      }
      case 'meterRecord': {
        const record = { ...request.record, wh: BigInt(request.record.wh) }
        const sessionId = parseSessionId(record.sessionId)
        // Made again, a start may only rise and an end only fall: less energy for the driver to pay.
        if (record.kind !== 'INTERIM')
          await once.note(`meter:${sessionId}:${record.kind}`, record.wh, record.kind === 'START' ? 'higher' : 'lower')
        return by(accounts.meter, recordTypedData(record, domain))
      }
      case 'issuerTerms': {
        const terms = termsFromWire(request.terms)
        checkIssuerTerms(context, terms)
        const id = `issuer:${sessionIdOf(terms, domain)}`
        await once.spend(id, issuerDay(clock), terms.maxAmount, settings.issuerDailyCapMicro)
        return by(accounts.issuer, termsTypedData(terms, domain))
      }
      case 'issuerReceipt': {
        const receipt = receiptFromWire(request.receipt)
        checkIssuerReceipt(context, termsFromWire(request.terms), receipt)
        await once.note(`cosigned:${receipt.sessionId}`, receipt.amount, 'lower')
        return by(accounts.issuerSession, receiptTypedData(receipt, domain))
      }
      case 'statement': {
        const statement = statementFromWire(request.statement)
        checkStatement(context, statement)
        const { payerId, payeeId, token, number } = statement
        // One number, one sum: what was signed before can still be paid until its deadline.
        await once.note(`statement:${payerId}:${payeeId}:${token}:${number}`.toLowerCase(), statement.total, 'lower')
        return by(accounts.signer, statementTypedData(statement, domain))
      }
    }
  }
}
