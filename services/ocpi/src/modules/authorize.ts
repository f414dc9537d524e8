import { randomUUID } from 'node:crypto'
import type { Store } from '@werenode/core'
import type { ObjectDoc, Partner } from '../collections.ts'
import type { Call, Handler } from '../http/call.ts'
import { type Answer, notFound, ocpiStatus, Refused } from '../http/envelope.ts'
import type { PeerAnswer } from '../http/peer.ts'
import type { AuthorizationInfo, LocationReferences, PartyRef, Token } from '../model/model.ts'
import { docId, tokenId } from '../objects/object-id.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import { partyIn } from '../partners/hub.ts'
import { accept } from '../schema/accept.ts'
import { check } from '../schema/check.ts'
import { endpointOf, versionOf } from '../versions/versions.ts'
import { single } from './commands.ts'

/** Whether one of our tokens may charge there and now; asked by partners in real time. */
export type DecideToken = (
  token: Token,
  where: LocationReferences | undefined,
) => Promise<{ allowed: AuthorizationInfo['allowed']; message?: string }>

/** The rule without further knowledge: a valid token may charge. */
export const decideByValidity: DecideToken = async ({ valid }) => ({ allowed: valid ? 'ALLOWED' : 'BLOCKED' })

/** mod_tokens, Sender interface, POST: a CPO asks us, the token's issuer, in real time. */
export const authorizeHandler = (deps: { store: Store; us: PartyRef; decide: DecideToken }): Handler => {
  return async (call: Call): Promise<Answer> => {
    const [uid, action] = call.parts
    if (uid === undefined || action?.toLowerCase() !== 'authorize' || call.parts.length > 2)
      throw notFound(`The path tokens/${call.parts.join('/').slice(0, 60)}`)
    const where =
      call.body === undefined || call.body === null
        ? undefined
        : (call.read(call.version.locationReferences) as LocationReferences)
    const doc = await deps.store.get<ObjectDoc<'tokens'>>(
      'ocpi_objects',
      docId('own', 'tokens', tokenId(deps.us, uid, call.query.get('type') ?? undefined)),
    )
    // mod_tokens: unknown is HTTP 404 with 2004; blocked or expired ones are known, so 200 (specification issue #528).
    if (doc === undefined || doc.gone)
      throw new Refused(404, ocpiStatus.unknownToken, `Token ${uid.slice(0, 40)} is not ours`)
    const token = doc.object
    const { allowed, message } = token.valid
      ? await deps.decide(token, where)
      : { allowed: 'BLOCKED' as const, message: undefined }
    const info = {
      allowed,
      ...(call.version.hasRoles
        ? { token: call.version.mapper.tokens!.toWire(token, { owner: deps.us, holder: deps.us }) }
        : {}),
      ...(where === undefined || allowed !== 'ALLOWED' ? {} : { location: where }),
      ...(call.version.hasRoles && allowed === 'ALLOWED' ? { authorization_reference: randomUUID() } : {}),
      ...(message === undefined ? {} : { info: { language: 'en', text: message } }),
    }
    const problems = check(call.version.authorizationInfo, info)
    if (problems.length > 0)
      throw new Error(`Our AuthorizationInfo breaks OCPI: ${problems[0]!.what} at ${problems[0]!.path}`)
    return { data: info }
  }
}

export interface TokenAsk {
  readonly uid: string
  readonly type?: Token['type']
  readonly where?: LocationReferences
}
export interface TokenVerdict {
  readonly allowed: AuthorizationInfo['allowed'] | 'UNKNOWN'
  /** Decided by the list we hold, by its issuer now, or by the list because the issuer could not be reached. */
  readonly by: 'list' | 'issuer' | 'list-offline' | 'nobody'
  readonly partnerId?: string
  readonly token?: Token
  readonly authorizationReference?: string
  readonly message?: string
}

/**
 * As CPO: may this foreign token charge here? mod_tokens, WhitelistType: ALWAYS by the list alone; ALLOWED by the list or by its
 * issuer (we take the list: no waiting at the plug); ALLOWED_OFFLINE by its issuer, by the list only when that is out of reach;
 * NEVER by its issuer alone. `valid` false in the list blocks whatever the whitelist says. One in nobody's list is asked of every issuer.
 */
export const createTokenDesk = (deps: {
  store: Store
  partners: () => Promise<readonly Partner[]>
  call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
  us: PartyRef
}) => {
  const { store, us } = deps

  const listed = async ({ uid, type }: TokenAsk) => {
    const { items } = await store.find<ObjectDoc<'tokens'>>(
      'ocpi_objects',
      { kind: 'tokens', lookup: uid.toUpperCase(), owner: { $ne: 'own' } },
      { limit: 20 },
    )
    const fitting = items.filter(({ gone, object }) => !gone && (type === undefined || object.type === type))
    return fitting.find(({ object }) => object.valid) ?? fitting[0]
  }

  const askIssuer = async (
    partner: Partner,
    ask: TokenAsk,
    owner?: PartyRef,
  ): Promise<TokenVerdict | 'unreachable'> => {
    const base = endpointOf(partner.endpoints, 'tokens', 'SENDER')
    if (partner.state !== 'registered' || base === undefined || partner.version === undefined) return 'unreachable'
    const version = versionOf(partner.version)
    const role = owner ?? partyIn(partner, 'EMSP')
    const type = ask.type === undefined ? '' : `?${version.hasRoles ? 'type' : 'token_type'}=${ask.type}`
    const answer = await deps.call(partner._id, {
      method: 'POST',
      url: `${base.replace(/\/$/, '')}/${encodeURIComponent(ask.uid)}/authorize${type}`,
      ...(ask.where === undefined ? {} : { body: ask.where }),
      ...(version.hasRoles
        ? { routing: { from: us, to: { country_code: role.country_code, party_id: role.party_id } } }
        : {}),
    })
    if (answer.status === ocpiStatus.unknownToken || (answer.http === 404 && !answer.ok))
      return { allowed: 'UNKNOWN', by: 'issuer', partnerId: partner._id }
    if (!answer.ok) return 'unreachable'
    const read = accept(version.authorizationInfo, single(answer.data))
    if (!read.ok) return 'unreachable'
    const info = read.value as AuthorizationInfo
    return {
      allowed: info.allowed,
      by: 'issuer',
      partnerId: partner._id,
      ...(info.token ? { token: info.token } : {}),
      ...(info.authorization_reference ? { authorizationReference: info.authorization_reference } : {}),
      ...(info.info ? { message: info.info.text } : {}),
    }
  }

  return async (ask: TokenAsk): Promise<TokenVerdict> => {
    const partners = await deps.partners()
    const doc = await listed(ask)
    const issuer = doc && partners.find(({ _id }) => _id === doc.owner)
    if (doc === undefined || issuer === undefined) {
      const verdicts = await Promise.all(partners.map((partner) => askIssuer(partner, ask)))
      const known = verdicts.filter((one) => one !== 'unreachable').find(({ allowed }) => allowed !== 'UNKNOWN')
      return known ?? { allowed: 'UNKNOWN', by: 'nobody' }
    }
    const { object: token } = doc
    const byList = (by: 'list' | 'list-offline'): TokenVerdict => ({
      allowed: token.valid ? 'ALLOWED' : 'BLOCKED',
      by,
      partnerId: issuer._id,
      token,
    })
    if (token.whitelist === 'ALWAYS' || token.whitelist === 'ALLOWED') return byList('list')
    const verdict = await askIssuer(issuer, { ...ask, type: token.type }, token)
    if (verdict !== 'unreachable') return { token, ...verdict }
    if (token.whitelist === 'ALLOWED_OFFLINE') return byList('list-offline')
    return {
      allowed: 'NOT_ALLOWED',
      by: 'nobody',
      partnerId: issuer._id,
      token,
      message: 'The issuer of this card cannot be reached.',
    }
  }
}
