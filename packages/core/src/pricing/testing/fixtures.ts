import type { SessionPrice } from '../session-price.ts'
import type { PriceComponent, Tariff, TariffDimension, TariffElement, TariffRestrictions } from '../tariff.ts'

/** Short hands for the tests of this folder. */
export const price = (type: TariffDimension, amount: number, step_size = 1, vat?: number): PriceComponent => ({
  type,
  price: amount,
  ...(vat === undefined ? {} : { vat }),
  step_size,
})

export const element = (restrictions: TariffRestrictions, ...price_components: PriceComponent[]): TariffElement => ({
  price_components,
  ...(Object.keys(restrictions).length === 0 ? {} : { restrictions }),
})

export const tariffOf = (elements: readonly TariffElement[], more: Partial<Tariff> = {}): Tariff => ({
  id: 'T',
  currency: 'EUR',
  ...more,
  elements,
})

/** `2026-11-23 09:30` as UTC. */
export const utc = (text: string): Date => new Date(`${text.replace(' ', 'T')}Z`)

/** Net total in EUR as a number, for tests whose figures are short. */
export const euro = (session: SessionPrice): number => Number(session.totalExclVatMicro) / 1e6
