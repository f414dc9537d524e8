import { type TermsStruct, termsFromStruct } from '@werenode/chain'
import type { ChargeTerms } from '@werenode/core'

/** The terms of a `SessionOpened` log as the relayer tells it: integers may have become decimal strings. */
export const openedTerms = (args: Readonly<Record<string, unknown>>): ChargeTerms => {
  const told = args.terms as Readonly<Record<keyof TermsStruct, string | number>>
  const text = (field: keyof TermsStruct): `0x${string}` => String(told[field]).toLowerCase() as `0x${string}`
  const number = (field: keyof TermsStruct): number => Number(told[field])
  const big = (field: keyof TermsStruct): bigint => BigInt(told[field])
  return termsFromStruct({
    driver: text('driver'),
    operatorId: text('operatorId'),
    payee: text('payee'),
    token: text('token'),
    source: number('source'),
    startFee: big('startFee'),
    pricePerKWh: big('pricePerKWh'),
    pricePerMinute: big('pricePerMinute'),
    idlePerMinute: big('idlePerMinute'),
    maxPowerW: number('maxPowerW'),
    sessionKey: text('sessionKey'),
    evseIdHash: text('evseIdHash'),
    connector: number('connector'),
    maxAmount: big('maxAmount'),
    tariffHash: text('tariffHash'),
    meterKeyHash: text('meterKeyHash'),
    disputeBond: big('disputeBond'),
    disputeWindow: number('disputeWindow'),
    openBy: number('openBy'),
    startBy: number('startBy'),
    settleBy: number('settleBy'),
    salt: text('salt'),
  })
}
