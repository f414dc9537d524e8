import { connectorBits, type StandingOffer } from '@werenode/chain'
import type { ChainNetwork, ConnectorOffer } from '@werenode/core'
import type { ManagerSettings } from '../settings.ts'
import { ceilings, tariffHash } from '../tariffs.ts'

/** What the registry carries for one EVSE, and the connectors it stands for. */
export interface OfferDraft {
  readonly offer: StandingOffer
  /** Those the offer covers, each as the catalogue tells it. */
  readonly connectors: readonly ConnectorOffer[]
}

/**
 * The standing offer of one EVSE (R10): one price for the plug, so it covers the connectors that share the first one's tariff.
 * Undefined where nothing is to be paid; throws `not-computable` where the contract cannot express the tariff (R30).
 */
export const standingOfferOf = (
  connectors: readonly ConnectorOffer[],
  network: Pick<ChainNetwork, 'token' | 'meterKeyHash'>,
  settings: ManagerSettings,
): OfferDraft | undefined => {
  const payable = connectors.filter(({ payable, free, connector }) => payable && !free && connector < 256)
  const first = payable[0]
  if (first === undefined) return undefined
  const hash = tariffHash(first.tariff, first.timeZone)
  const covered = payable.filter(({ tariff, timeZone }) => tariffHash(tariff, timeZone) === hash)
  const { standing } = settings
  const fivePercent = (standing.leastDepositMicro * 5n) / 100n
  return {
    connectors: covered,
    offer: {
      token: network.token,
      payee: first.payee,
      ...ceilings(first.tariff),
      tariffHash: hash,
      meterKeyHash: network.meterKeyHash,
      maxPowerW: Math.ceil(Math.max(...covered.map(({ maxPowerW }) => maxPowerW)) * settings.powerMargin),
      disputeWindow: settings.disputeWindowS,
      disputeBond: fivePercent < settings.mostBondMicro ? fivePercent : settings.mostBondMicro,
      minAmount: standing.leastDepositMicro,
      maxAmount: standing.mostDepositMicro,
      startDelay: settings.startWithinS,
      settlePeriod: settings.settleWithinS,
      connectors: connectorBits(covered.map(({ connector }) => connector)),
    },
  }
}
