import { boundMicro, type RoamingStatement, type SigningDomain, sessionIdOf } from '@werenode/chain'
import { type ChargeReceipt, type ChargeTerms, type EvsePublication, WerenodeError } from '@werenode/core'
import { isAddressEqual, zeroAddress } from 'viem'
import type { NetworkFacts } from '../contracts/network.ts'
import type { RelayerSettings } from '../settings.ts'
import type { RelayerAccounts } from './accounts.ts'

const refuse = (message: string, hint = 'Nothing was signed. Ask for a fresh quote.'): never => {
  throw new WerenodeError('terms-refused', message, { hint })
}

export interface PolicyContext {
  readonly network: NetworkFacts
  readonly accounts: RelayerAccounts
  readonly settings: RelayerSettings
  readonly domain: SigningDomain
}

/** Largest bond the contract accepts, micro-euro (R27). */
const largestBondMicro = 2_000_000n

/** The operator's key signs quotes for itself alone: its own payee, asset and meter key, inside the contract's bounds. */
export const checkQuote = ({ network, accounts, settings }: PolicyContext, terms: ChargeTerms): void => {
  if (terms.operatorId.toLowerCase() !== network.operatorId.toLowerCase()) refuse('These terms name another operator')
  if (!isAddressEqual(terms.payee, network.payee)) refuse("These terms pay somebody else than this operator's account")
  if (!isAddressEqual(terms.token, network.token)) refuse('These terms are in an asset this node does not take')
  // A free charge locks nothing; its quote never reaches the chain, which refuses a deposit of zero.
  if (terms.maxAmount === 0n) return
  if (terms.maxAmount < 0n || terms.maxAmount > settings.quoteCapMicro)
    refuse(`A deposit of ${terms.maxAmount} micro-euro is beyond this node's limit of ${settings.quoteCapMicro}`)
  if (terms.meterKeyHash.toLowerCase() !== accounts.meterKeyHash.toLowerCase())
    refuse('These terms pin a meter key that is not ours')
  if (terms.disputeBond > largestBondMicro || terms.disputeBond > terms.maxAmount / 20n)
    refuse('The dispute bond is larger than 5 % of the deposit or 2 euro')
  if (isAddressEqual(terms.driver, zeroAddress)) refuse('These terms name no driver')
  const ours = [accounts.sender, accounts.owner, accounts.signer, accounts.meter]
  if (ours.some((account) => isAddressEqual(account.address, terms.sessionKey)))
    refuse("A key of the operator cannot be the driver's session key")
}

/** A receipt of this very session, not above what the signed prices allow for what it says was delivered. */
export const checkReceipt = ({ network, domain }: PolicyContext, terms: ChargeTerms, receipt: ChargeReceipt): void => {
  if (terms.operatorId.toLowerCase() !== network.operatorId.toLowerCase()) refuse('These terms name another operator')
  if (receipt.sessionId.toLowerCase() !== sessionIdOf(terms, domain))
    refuse('This receipt belongs to another session than its terms')
  if (receipt.endWh < receipt.startWh || receipt.endedAt < receipt.startedAt)
    refuse('This receipt ends before it starts', 'Nothing was signed. Check the meter readings of the session.')
  const bound = boundMicro(terms, {
    energyWh: receipt.endWh - receipt.startWh,
    chargingSeconds: receipt.chargingSeconds,
    idleSeconds: receipt.idleSeconds,
  })
  if (receipt.amount < 0n || receipt.amount > bound)
    refuse(
      `This receipt asks for ${receipt.amount} micro-euro, the signed prices allow ${bound}`,
      'Nothing was signed. Check how the session was priced.',
    )
}

/** The issuer pays for its own cards only, co-signed by its own key, from its credit (R23). */
export const checkIssuerTerms = ({ network, accounts, settings }: PolicyContext, terms: ChargeTerms): void => {
  if (!isAddressEqual(terms.driver, accounts.issuer.address)) refuse("The issuer's key signs for its own account only")
  if (!isAddressEqual(terms.sessionKey, accounts.issuerSession.address))
    refuse("A card session is co-signed by the issuer's session key")
  if (!isAddressEqual(terms.token, network.token)) refuse('These terms are in an asset this node does not take')
  if (terms.source !== 'Credit') refuse("Card sessions are paid from the issuer's credit")
  if (terms.maxAmount <= 0n || terms.maxAmount > settings.quoteCapMicro)
    refuse(`A deposit of ${terms.maxAmount} micro-euro is beyond this node's limit of ${settings.quoteCapMicro}`)
}

/** Co-signing for a card: a receipt of a session the issuer pays for. */
export const checkIssuerReceipt = (context: PolicyContext, terms: ChargeTerms, receipt: ChargeReceipt): void => {
  checkIssuerTerms(context, terms)
  checkReceipt(context, terms, receipt)
}

/** A statement of this operator's, in its asset, within what a day may cost it (R42). */
export const checkStatement = ({ network, settings }: PolicyContext, statement: RoamingStatement): void => {
  const [payer, payee, ours] = [statement.payerId, statement.payeeId, network.operatorId].map((id) => id.toLowerCase())
  const hint = 'Nothing was signed. Close the period again.'
  if (payer === payee) refuse('This statement pays its own payer', hint)
  if (ours !== payer && ours !== payee) refuse('This statement is between other operators', hint)
  if (!isAddressEqual(statement.token, network.token))
    refuse('This statement is in an asset this node does not take', hint)
  if (statement.total <= 0n) refuse('This statement pays nothing', hint)
  if (ours === payer && statement.total > settings.statementCapMicro)
    refuse(
      `This statement pays ${statement.total} micro-euro, beyond this node's limit of ${settings.statementCapMicro}`,
      "Nothing was signed. The operator's owner may pay it, or close a shorter period.",
    )
}

/** A standing offer binds the operator as a quote does: only to its own payee, asset and meter key, within the node's limit. */
export const checkPublication = (
  { network, accounts, settings }: PolicyContext,
  publication: EvsePublication,
): void => {
  if (publication.do !== 'offer') return
  for (const { offer } of publication.updates) {
    if (!isAddressEqual(offer.payee, network.payee))
      refuse("This offer pays somebody else than this operator's account")
    if (!isAddressEqual(offer.token, network.token)) refuse('This offer is in an asset this node does not take')
    if (offer.meterKeyHash.toLowerCase() !== accounts.meterKeyHash.toLowerCase())
      refuse('This offer pins a meter key that is not ours')
    if (BigInt(offer.maxAmount) > settings.quoteCapMicro)
      refuse(`A deposit of ${offer.maxAmount} micro-euro is beyond this node's limit of ${settings.quoteCapMicro}`)
    if (BigInt(offer.disputeBond) > BigInt(offer.minAmount) / 20n || BigInt(offer.disputeBond) > largestBondMicro)
      refuse('The dispute bond is larger than 5 % of the smallest deposit or 2 euro')
  }
}
