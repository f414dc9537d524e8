import type { EvseId, SessionId } from './ids.ts'

/** An OCPI 2.2.1 Tariff as the catalogue stores it; parsed by core's pricing. */
export type CatalogueTariff = Readonly<Record<string, unknown>> & { readonly id: string }

/** How a roaming partner's driver came to our plug: a command (START_SESSION), or a token shown at the plug. */
export type RoamingOrigin =
  | { readonly by: 'command'; readonly commandId: string }
  | { readonly by: 'token'; readonly idTag: string }

/** A charge that a roaming partner pays, told to roaming before it begins: it follows the session and sends Session and CDR. */
export interface RoamingCharge {
  readonly sessionId: SessionId
  readonly origin: RoamingOrigin
  readonly locationId: string
  readonly evseId: EvseId
  readonly connector: number
  readonly tariff: unknown
  readonly timeZone: string
}
