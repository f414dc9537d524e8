import type { Party } from './ids.ts'

/** A family of devices that one party taught the node, for its own plugs. */
export interface OwnPlugFamily {
  readonly family: string
  readonly title: string
  /** As its operator wrote it (docs/mqtt-device-profiles.md). */
  readonly profile: Readonly<Record<string, unknown>>
  /** How many plugs of the party speak by it. */
  readonly plugs: number
}

/** What an operator may ask of the profiles of their own; nobody else's plugs are touched by them. */
export interface PlugFamilyRequests {
  'plugs.ownFamilies': { ask: { party: Party }; answer: { items: readonly OwnPlugFamily[] } }
  /**
   * Keeps a profile, or changes it: its plugs then speak by the new one. `invalid-input` with each finding and where it stands;
   * `conflict` when the name is another's, or a plug of the family is in use.
   */
  'plugs.putOwnFamily': { ask: { party: Party; profile: unknown }; answer: OwnPlugFamily }
  /** `conflict` while a plug speaks by it. */
  'plugs.removeOwnFamily': { ask: { party: Party; family: string }; answer: Record<string, never> }
}
