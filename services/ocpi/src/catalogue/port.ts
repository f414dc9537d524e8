import type { Location } from '@werenode/core'

/** What this service asks of the catalogue, which another service owns; composition supplies it over the bus. */
export interface CataloguePort {
  /** Locations of our own plugs (source `own` and `demo`), in any order that is stable. */
  locations(query: { after?: string; limit: number }): Promise<{ items: readonly Location[]; next?: string }>
  location(id: string): Promise<Location | undefined>
  /** OCPI 2.2.1 Tariff objects as they are stored. */
  tariffs(): Promise<readonly unknown[]>
  /** Shows a partner's location in our catalogue, its plugs driven by this service. Absent: partners' locations stay here. */
  putRoaming?(location: Location): Promise<void>
  putTariff?(tariff: Readonly<Record<string, unknown>> & { readonly id: string }): Promise<void>
}
