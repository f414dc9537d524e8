/** What the catalogue itself must know of an OCPI tariff; pricing is core's. */
type Tariff = Readonly<Record<string, unknown>>

const amount = (value: unknown): number =>
  typeof value === 'number'
    ? value
    : typeof value === 'object' && value !== null
      ? Math.max(...Object.values(value).map((part) => (typeof part === 'number' ? part : 0)), 0)
      : 0

/** Free of charge: every price of every element is zero and there is no minimum. A tariff that says nothing is not free. */
export const isFree = (tariff: Tariff | undefined): boolean => {
  const elements = tariff?.elements
  if (!Array.isArray(elements) || elements.length === 0 || amount(tariff?.min_price) > 0) return false
  return elements.every((element: Tariff) => {
    const components = element.price_components
    return Array.isArray(components) && components.length > 0 && components.every((one: Tariff) => one.price === 0)
  })
}

/**
 * Of the tariffs of a connector the one that holds now for somebody who pays here: an ad-hoc tariff before a general one; those made
 * for subscribers (`PROFILE_*`) are left out. OCPI 2.2.1 mod_tariffs, TariffType and start/end_date_time.
 */
export const tariffInForce = (tariffs: readonly Tariff[], at: Date): Tariff | undefined => {
  const inForce = tariffs.filter(
    ({ type, start_date_time: from, end_date_time: to }) =>
      (type === undefined || type === null || type === 'AD_HOC_PAYMENT' || type === 'REGULAR') &&
      (typeof from !== 'string' || new Date(from) <= at) &&
      (typeof to !== 'string' || at < new Date(to)),
  )
  return inForce.find(({ type }) => type === 'AD_HOC_PAYMENT') ?? inForce[0]
}
