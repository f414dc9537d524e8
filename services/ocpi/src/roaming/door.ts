import {
  answer,
  ask,
  type Bus,
  type Clock,
  type Doc,
  isWerenodeError,
  type Requests,
  type RoamingCharge,
  type Store,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import type { LocationReferences, Token } from '../model/model.ts'
import type { TokenAsk, TokenVerdict } from '../modules/authorize.ts'
import { type CommandDoc, cdrTokenOf } from '../modules/commands.ts'
import type { Charge } from './bill.ts'
import type { Charges } from './charges.ts'
import type { OwnPlugs } from './own-plug.ts'

/** A foreign token that was let in at a plug of ours, for the charge that begins with it. */
interface AdmittedDoc extends Doc {
  readonly token: Token
  readonly by: TokenVerdict['by']
  readonly authorizationReference?: string
  readonly at: string
}
/** A token let in this long ago is asked of its issuer again, ms. */
const admittedForMs = 10 * 60_000

/** Serves what the manager asks of roaming: may this foreign card charge, and who pays this charge? */
export const serveRoamingDoor = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  plugs: OwnPlugs
  charges: Charges
  authorizeToken: (ask: TokenAsk) => Promise<TokenVerdict>
}): readonly Unsubscribe[] => {
  const { store, bus, clock, plugs, charges, authorizeToken } = deps

  /** Where the card is shown, in the partner's words; undefined when the catalogue does not know the plug. */
  const whereOf = async (question: Requests['roaming.authorize']['ask']): Promise<LocationReferences | undefined> => {
    const { stationId, evse = 1, connector = 1 } = question
    try {
      const offer = await ask(bus, 'catalogue.offer', { stationId, evse, connector })
      const plug = await plugs.of(offer.locationId, offer.evseId, offer.connector)
      return { location_id: plug.location.id, evse_uids: [plug.evse.uid] } as LocationReferences
    } catch (error) {
      if (isWerenodeError(error) && (error.code === 'not-found' || error.code === 'not-payable')) return undefined
      throw error
    }
  }

  const admit = async (idTag: string, where?: LocationReferences): Promise<TokenVerdict> => {
    const verdict = await authorizeToken({ uid: idTag, ...(where === undefined ? {} : { where }) })
    // Without its contract nobody could be billed for it.
    if (verdict.allowed !== 'ALLOWED' || verdict.token === undefined) return verdict
    const doc: AdmittedDoc = {
      _id: idTag.toUpperCase(),
      token: verdict.token,
      by: verdict.by,
      at: clock().toISOString(),
      ...(verdict.authorizationReference === undefined
        ? {}
        : { authorizationReference: verdict.authorizationReference }),
    }
    await store.write([{ op: 'put', in: 'ocpi_admitted', doc }])
    return verdict
  }

  const authorize = async (
    question: Requests['roaming.authorize']['ask'],
  ): Promise<Requests['roaming.authorize']['answer']> => {
    const verdict = await admit(question.idTag, await whereOf(question))
    const message = verdict.message === undefined ? {} : { message: verdict.message }
    switch (verdict.allowed) {
      case 'ALLOWED':
        return verdict.token === undefined
          ? { status: 'Invalid', message: 'The issuer of this card did not say whom to bill.' }
          : { status: 'Accepted' }
      case 'BLOCKED':
        return { status: 'Blocked', message: 'The issuer of this card has blocked it.', ...message }
      case 'EXPIRED':
        return { status: 'Expired', message: 'This card has expired.', ...message }
      case 'NO_CREDIT':
        return { status: 'Invalid', message: 'The issuer of this card says that its credit is used up.', ...message }
      case 'NOT_ALLOWED':
        return { status: 'Invalid', message: 'The issuer of this card does not allow a charge here.', ...message }
      case 'UNKNOWN':
        return { status: 'Invalid', message: 'This card is not known here, nor at any roaming partner.' }
    }
  }

  const payerOf = async (
    charge: RoamingCharge,
  ): Promise<Pick<Charge, 'token' | 'authMethod' | 'authorizationReference'>> => {
    const nobody = new WerenodeError('not-found', 'No roaming partner answers for this charge')
    if (charge.origin.by === 'command') {
      const doc = await store.get<CommandDoc>('ocpi_commands', `in|${charge.origin.commandId}`)
      if (doc?.command?.name !== 'START_SESSION') throw nobody
      const { token, authorizationReference } = doc.command
      return {
        token: cdrTokenOf(token),
        authMethod: 'COMMAND',
        ...(authorizationReference === undefined ? {} : { authorizationReference }),
      }
    }
    const { idTag } = charge.origin
    const known = await store.get<AdmittedDoc>('ocpi_admitted', idTag.toUpperCase())
    const fresh = known !== undefined && clock().getTime() - Date.parse(known.at) < admittedForMs
    // A station that was offline let the card in by itself: its issuer is asked now.
    if (!fresh && (await admit(idTag)).allowed !== 'ALLOWED') throw nobody
    const doc = await store.get<AdmittedDoc>('ocpi_admitted', idTag.toUpperCase())
    if (doc === undefined) throw nobody
    return {
      token: cdrTokenOf(doc.token),
      authMethod: doc.by === 'issuer' ? 'AUTH_REQUEST' : 'WHITELIST',
      ...(doc.authorizationReference === undefined ? {} : { authorizationReference: doc.authorizationReference }),
    }
  }

  const expect = async (charge: RoamingCharge): Promise<Record<string, never>> => {
    const { sessionId, locationId, evseId, connector, tariff, timeZone } = charge
    const plug = await plugs.of(locationId, evseId, connector)
    const currency = (tariff as { currency?: unknown } | null | undefined)?.currency
    await charges.expect({
      ...(await payerOf(charge)),
      sessionId,
      locationId: plug.location.id,
      evseUid: plug.evse.uid,
      connectorId: plug.connector.id,
      ...(tariff === null || tariff === undefined ? {} : { tariff }),
      timeZone,
      currency: typeof currency === 'string' ? currency : 'EUR',
    })
    return {}
  }

  return [answer(bus, 'roaming.authorize', authorize), answer(bus, 'roaming.expect', expect)]
}
