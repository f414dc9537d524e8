import type { SessionView } from '@werenode/core'
import type { BillingParty } from './billing.ts'
import { centsOf, netOf, vatOf, vatParts } from './vat.ts'

/** A line: one charge, or its part under one VAT rate. */
export interface InvoiceLine {
  readonly id: string
  readonly view: SessionView
  readonly rate: string | null
  readonly netCents: bigint
}
export interface VatTotal {
  readonly rate: string | null
  readonly basisCents: bigint
  readonly vatCents: bigint
}

/** Everything an invoice says; a pure function of what was charged. */
export interface Invoice {
  readonly number: string
  readonly issuedOn: string
  readonly from: string
  readonly to: string
  readonly seller: BillingParty
  readonly buyer: BillingParty
  readonly lines: readonly InvoiceLine[]
  readonly vat: readonly VatTotal[]
  readonly netCents: bigint
  readonly vatCents: bigint
  readonly grossCents: bigint
  /** What the escrow moved already, to the cent. */
  readonly paidCents: bigint
  /** BT-114: nothing is ever left to pay, so cents that rounding per rate makes are named. */
  readonly roundingCents: bigint
}

export const invoiceOf = (wish: {
  number: string
  issuedOn: string
  seller: BillingParty
  buyer: BillingParty
  charges: readonly SessionView[]
}): Invoice => {
  const lines = wish.charges.flatMap((view, index) =>
    vatParts(view).map(
      ({ rate, grossCents }, part): InvoiceLine => ({
        id: part === 0 ? `${index + 1}` : `${index + 1}.${part + 1}`,
        view,
        rate,
        netCents: netOf(grossCents, rate),
      }),
    ),
  )
  const rates = [...new Set(lines.map(({ rate }) => rate))].sort((a, b) => Number(b ?? -1) - Number(a ?? -1))
  const vat = rates.map((rate): VatTotal => {
    const basisCents = sum(lines.filter((line) => line.rate === rate).map(({ netCents }) => netCents))
    return { rate, basisCents, vatCents: vatOf(basisCents, rate) }
  })
  const netCents = sum(lines.map((line) => line.netCents))
  const vatCents = sum(vat.map((total) => total.vatCents))
  const paidCents = sum(wish.charges.map((view) => centsOf(BigInt(view.receipt?.amount ?? view.costMicro))))
  const days = wish.charges.map((view) => (view.endedAt ?? view.createdAt).slice(0, 10)).sort()
  return {
    number: wish.number,
    issuedOn: wish.issuedOn,
    from: days[0] ?? wish.issuedOn,
    to: days.at(-1) ?? wish.issuedOn,
    seller: wish.seller,
    buyer: wish.buyer,
    lines,
    vat,
    netCents,
    vatCents,
    grossCents: netCents + vatCents,
    paidCents,
    roundingCents: paidCents - netCents - vatCents,
  }
}

const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n)
