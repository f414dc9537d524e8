import type { Store } from '@werenode/core'
import { WerenodeError } from '@werenode/core'
import type { Partner } from '../collections.ts'
import type { Handler } from '../http/call.ts'
import { notFound, ocpiStatus, Refused } from '../http/envelope.ts'
import type { PeerAnswer } from '../http/peer.ts'
import type { PartyRef } from '../model/model.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import { partyIn } from '../partners/hub.ts'
import { accept } from '../schema/accept.ts'
import { check } from '../schema/check.ts'
import type { Infer } from '../schema/schema.ts'
import { chargingPreferences, preferencesResponse } from '../v221/charging-preferences.ts'
import { endpointOf, versionOf } from '../versions/versions.ts'
import { single } from './commands.ts'
import { runningSession } from './running-session.ts'

export type ChargingPreferences = Infer<typeof chargingPreferences>
export type PreferencesAnswer = Infer<typeof preferencesResponse> | 'NOT_SUPPORTED'

/**
 * mod_sessions, Sender interface, PUT `{session_id}/charging_preferences` (2.2.1, 2.3.0). No plug of ours weighs what its driver prefers,
 * and none says that it does: the clause answers HTTP 404 and 2001 for an EVSE without CHARGING_PREFERENCES_CAPABLE.
 */
export const preferencesDoor =
  (deps: { readonly store: Store; readonly us: PartyRef }): Handler =>
  async (call) => {
    const [id, word, more] = call.parts
    if (!call.version.hasRoles || id === undefined || word?.toLowerCase() !== 'charging_preferences' || more)
      throw notFound(`An object at sessions/${call.parts.join('/').slice(0, 80)}`)
    call.read(chargingPreferences)
    const session = await runningSession(deps, call, id)
    if (session === undefined) throw notFound(`A running session ${id.slice(0, 40)}`)
    throw new Refused(
      404,
      ocpiStatus.invalid,
      `EVSE ${session.evse_uid} takes no charging preferences: it lacks CHARGING_PREFERENCES_CAPABLE`,
    )
  }

/** As eMSP: tells a partner what our driver prefers for a charge at its plug; its word, or NOT_SUPPORTED where it has none. */
export const createPreferencesSender = (deps: {
  readonly us: PartyRef
  readonly records: { get(id: string): Promise<Partner> }
  readonly call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
}) => {
  /** @throws WerenodeError `invalid-input` for preferences that break the table, `conflict` for an answer nobody can read. */
  return async (
    partnerId: string,
    sessionId: string,
    preferences: ChargingPreferences,
    owner?: PartyRef,
  ): Promise<PreferencesAnswer> => {
    const [problem] = check(chargingPreferences, preferences)
    if (problem !== undefined)
      throw new WerenodeError('invalid-input', `The preferences break OCPI: ${problem.what} at ${problem.path}`)
    const partner = await deps.records.get(partnerId)
    const base = endpointOf(partner.endpoints, 'sessions', 'SENDER')
    if (partner.version === undefined || !versionOf(partner.version).hasRoles || base === undefined)
      return 'NOT_SUPPORTED'
    const answer = await deps.call(partnerId, {
      method: 'PUT',
      url: `${base.replace(/\/$/, '')}/${encodeURIComponent(sessionId)}/charging_preferences`,
      body: preferences,
      routing: { from: deps.us, to: owner ?? partyIn(partner, 'CPO') },
    })
    if (answer.http === 404) return 'NOT_SUPPORTED'
    const read = accept(preferencesResponse, single(answer.data))
    if (answer.ok && read.ok) return read.value
    throw new WerenodeError(
      'conflict',
      `${partner.name} did not take them: ${answer.trouble ?? 'its answer is none'}`,
      {
        hint: 'Check that the charge still runs.',
      },
    )
  }
}
export type PreferencesSender = ReturnType<typeof createPreferencesSender>
