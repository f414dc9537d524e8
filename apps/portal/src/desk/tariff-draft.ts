/** A simple tariff as a person types it: whole currency, VAT included or not as `withVat` says. */
export interface TariffDraft {
  readonly perKWh: string
  readonly perMinute: string
  readonly perIdleMinute: string
  readonly perStart: string
  readonly vat: string
  readonly max: string
}

export const emptyDraft: TariffDraft = {
  perKWh: '0.39',
  perMinute: '',
  perIdleMinute: '',
  perStart: '',
  vat: '20',
  max: '',
}

const figure = (text: string): number => {
  const value = Number(text.replace(',', '.'))
  return text.trim() === '' || !Number.isFinite(value) || value < 0 ? 0 : value
}
/** Six decimals, as many as the smallest unit has. */
const exact = (value: number): number => Math.round(value * 1e6) / 1e6

/** The OCPI 2.2.1 tariff of a draft whose prices include VAT; minutes become hours, as OCPI counts them. */
export const tariffOfDraft = (draft: TariffDraft): Record<string, unknown> => {
  const vat = figure(draft.vat)
  const net = (text: string, times = 1): number => exact((figure(text) * times) / (1 + vat / 100))
  const component = (type: string, price: number, step: number) =>
    price > 0 || type === 'ENERGY' ? [{ type, price, vat, step_size: step }] : []
  const max = figure(draft.max)
  return {
    currency: 'EUR',
    elements: [
      {
        price_components: [
          ...component('ENERGY', net(draft.perKWh), 1),
          ...component('TIME', net(draft.perMinute, 60), 60),
          ...component('PARKING_TIME', net(draft.perIdleMinute, 60), 60),
          ...component('FLAT', net(draft.perStart), 1),
        ],
      },
    ],
    ...(max > 0 ? { max_price: { excl_vat: exact(max / (1 + vat / 100)), incl_vat: max } } : {}),
    last_updated: new Date().toISOString(),
  }
}

interface Component {
  readonly type: string
  readonly price: number
  readonly vat?: number
}

/** The draft of a tariff that one can express; undefined for one with restrictions or steps of its own. */
export const draftOfTariff = (tariff: unknown): TariffDraft | undefined => {
  const { elements, max_price } = tariff as {
    elements?: readonly { price_components: readonly Component[]; restrictions?: object }[]
    max_price?: { incl_vat?: number }
  }
  const [only] = elements ?? []
  if (elements?.length !== 1 || !only || only.restrictions !== undefined) return undefined
  const vat = only.price_components[0]?.vat ?? 0
  if (only.price_components.some((one) => (one.vat ?? 0) !== vat)) return undefined
  const gross = (type: string, per = 1): string => {
    const found = only.price_components.find((one) => one.type === type)
    return found ? String(exact((found.price * (1 + vat / 100)) / per)) : ''
  }
  return {
    perKWh: gross('ENERGY'),
    perMinute: gross('TIME', 60),
    perIdleMinute: gross('PARKING_TIME', 60),
    perStart: gross('FLAT'),
    vat: String(vat),
    max: max_price?.incl_vat === undefined ? '' : String(max_price.incl_vat),
  }
}
