import type { Store } from '@werenode/core'
import type { ObjectDoc, Partner } from '../collections.ts'
import type { Call, Handler } from '../http/call.ts'
import { type Answer, invalid, notFound } from '../http/envelope.ts'
import type { Cdr, PartyRef } from '../model/model.ts'
import { docId, plainId } from '../objects/object-id.ts'
import { sameButForTime } from '../objects/same.ts'
import { carries } from '../partners/hub.ts'
import { checkCdr } from './check-cdr.ts'
import type { ReceiverDeps } from './receiver.ts'
import { byMethod } from './sender.ts'

export interface CdrDeps extends ReceiverDeps {
  readonly store: Store
  readonly trouble: (partnerId: string, about: string, message: string) => Promise<void>
}

/** Receiver interface of mod_cdrs: POST hands a CDR over, once; GET shows it at the address that POST answered. */
export const cdrReceiver = (deps: CdrDeps): Handler => {
  const keepCdr = createKeepCdr(deps)

  const post = async (call: Call): Promise<Answer> => {
    const mapper = call.version.mapper.cdrs!
    const wire = call.read(mapper.schema) as Record<string, unknown>
    const owner = ownerIn(wire, call.partner)
    const token = typeof wire.auth_id === 'string' ? await deps.ownToken(wire.auth_id) : undefined
    const cdr = mapper.fromWire(wire, { owner, holder: deps.us, ...(token ? { token } : {}) })
    const kept = await keepCdr(call.partner, cdr, { version: call.version.number, body: wire })
    if (kept === 'contradicts')
      throw invalid(`CDR ${cdr.id} is known with other contents: a CDR is never changed, credit it and send a new one`)
    const address = [cdr.country_code, cdr.party_id, cdr.id].map(encodeURIComponent).join('/')
    return { http: kept === 'new' ? 201 : 200, headers: { location: `${call.base}/${address}` } }
  }

  const get = async (call: Call): Promise<Answer> => {
    const [country_code, party_id, id] = call.parts
    const cdrId = id === undefined ? undefined : plainId({ country_code: country_code!, party_id: party_id! }, id)
    const doc =
      cdrId && (await deps.store.get<ObjectDoc<'cdrs'>>('ocpi_objects', docId(call.partner._id, 'cdrs', cdrId)))
    if (!doc) throw notFound(`CDR ${call.parts.join('/').slice(0, 80)}`)
    return { data: doc.wire?.body ?? doc.object }
  }
  return byMethod({ POST: post, GET: get })
}

/** The CDR names its owner from 2.2 on; in 2.1.1 it is the partner itself. */
const ownerIn = (wire: Readonly<Record<string, unknown>>, partner: Partner): PartyRef => {
  const first = partner.roles[0]!
  if (typeof wire.country_code !== 'string' || typeof wire.party_id !== 'string') return first
  const named = { country_code: wire.country_code, party_id: wire.party_id }
  if (carries(partner, named)) return named
  throw invalid(`$.party_id: ${named.country_code}*${named.party_id} is not a party you registered`)
}

/** Stores a partner's CDR once, with what does not add up in it. The same again is fine; another under its id is not. */
export const createKeepCdr = (deps: CdrDeps) => {
  const { objects } = deps
  return async (
    partner: Partner,
    cdr: Cdr,
    wire: NonNullable<ObjectDoc['wire']>,
  ): Promise<'new' | 'same' | 'contradicts'> => {
    const known = await objects.get(partner._id, 'cdrs', plainId(cdr, cdr.id))
    if (known !== undefined) {
      const { country_code, party_id, id } = known.object
      return sameButForTime(known.object, { ...cdr, country_code, party_id, id }) ? 'same' : 'contradicts'
    }
    const session =
      cdr.session_id === undefined
        ? undefined
        : await objects.get(partner._id, 'sessions', plainId(cdr, cdr.session_id))
    const location = await objects.get(partner._id, 'locations', plainId(cdr, cdr.cdr_location.id))
    const credited =
      cdr.credit_reference_id === undefined
        ? undefined
        : await objects.get(partner._id, 'cdrs', plainId(cdr, cdr.credit_reference_id))
    const findings = checkCdr(cdr, {
      ...(session ? { session: session.object } : {}),
      ...(location ? { timeZone: location.object.time_zone } : {}),
      ...(credited ? { credited: credited.object } : {}),
    })
    await deps.onChanged(partner, 'cdrs', cdr, false, findings)
    const outcome = await objects.putTheirs(partner._id, 'cdrs', cdr, { wire, findings })
    for (const finding of findings) await deps.trouble(partner._id, `CDR ${cdr.id}`, finding)
    return outcome === 'new' ? 'new' : 'same'
  }
}
