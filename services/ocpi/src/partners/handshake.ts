import { faultPoint, WerenodeError } from '@werenode/core'
import type { OurToken, Partner } from '../collections.ts'
import { type Answer, methodNotAllowed, ocpiStatus, Refused } from '../http/envelope.ts'
import type { Peer } from '../http/peer.ts'
import { sameParty } from '../http/routing.ts'
import type { Credentials, CredentialsRole } from '../model/model.ts'
import { accept } from '../schema/accept.ts'
import { check } from '../schema/check.ts'
import { endpointOf, type Version, type VersionNumber, versionOf } from '../versions/versions.ts'
import type { createCaller } from './caller.ts'
import { CannotUse, discover } from './discover.ts'
import type { Turnstile } from './one-at-a-time.ts'
import { newToken, type PartnerRecords } from './records.ts'

export interface HandshakeDeps {
  readonly records: PartnerRecords
  readonly peer: Peer
  readonly caller: ReturnType<typeof createCaller>
  readonly turnstile: Turnstile
  readonly now: () => Date
  /** Address of our versions endpoint. */
  readonly versionsUrl: string
  readonly roles: readonly CredentialsRole[]
  readonly onRegistered: (partner: Partner) => void
}

/**
 * credentials, "Registration": both ends of it. Tokens change in two phases, so that no crash between any two lines locks
 * either side out: the new token is good before the partner hears of it, the old one until the new one has been used.
 */
export const createHandshake = (deps: HandshakeDeps) => {
  const { records, peer, caller, turnstile, now, versionsUrl, roles } = deps

  const credentialsFor = (version: Version, token: string): object => {
    const wire = version.credentials.toWire({ token, url: versionsUrl, roles })
    const problems = check(version.credentials.schema, wire)
    if (problems.length > 0)
      throw new WerenodeError(
        'internal',
        `Our credentials break OCPI ${version.number}: ${problems[0]!.what} at ${problems[0]!.path}`,
      )
    return wire
  }

  const readCredentials = (version: Version, body: unknown): Credentials => {
    const read = accept(version.credentials.schema, body)
    if (!read.ok)
      throw new Refused(200, ocpiStatus.invalid, `The credentials cannot be read: ${read.what} at ${read.path}`)
    return version.credentials.fromWire(read.value as Record<string, unknown>)
  }

  /** A party belongs to one partner: else one could speak for another. */
  const refuseTakenParties = async (partnerId: string, wanted: readonly CredentialsRole[]): Promise<void> => {
    for (const other of await records.list()) {
      if (other._id === partnerId || other.state !== 'registered') continue
      const taken = other.roles.find((role) => wanted.some((one) => sameParty(one, role)))
      if (taken)
        throw new Refused(
          200,
          ocpiStatus.invalid,
          `Party ${taken.country_code}*${taken.party_id} is already registered through another connection; end that one first`,
        )
    }
  }

  /** We begin: `tokenA` came from the partner by other means. */
  const register = async (partnerId: string, wanted?: readonly VersionNumber[]): Promise<Partner> =>
    turnstile.run(partnerId, () => registerNow(partnerId, wanted), busy(partnerId))

  const registerNow = async (partnerId: string, wanted?: readonly VersionNumber[]): Promise<Partner> => {
    const partner = await records.get(partnerId)
    if (partner.state !== 'registering' || partner.theirToken === undefined || partner.versionsUrl === undefined)
      throw new WerenodeError('conflict', `Partner ${partner.name} is ${partner.state}, not waiting to be registered`)
    const found = await discover(peer, {
      url: partner.versionsUrl,
      token: partner.theirToken,
      ...(wanted ? { wanted } : {}),
    })
    const version = versionOf(found.version)
    const tokenB = partner.ourTokens[0]?.token ?? newToken()
    // Good before it is sent: the partner calls our versions endpoint with it while our POST is still open.
    await records.change(partnerId, (one) => ({
      ...one,
      version: version.number,
      endpoints: found.endpoints,
      tokenForm: found.form,
      ourTokens: [{ token: tokenB, use: 'live' }],
    }))
    faultPoint('ocpi.register.beforePost')
    const answer = await caller.once(await records.get(partnerId), {
      method: 'POST',
      url: endpointOf(found.endpoints, 'credentials', 'RECEIVER')!,
      body: credentialsFor(version, tokenB),
    })
    faultPoint('ocpi.register.afterPost')
    if (!answer.ok) throw refusedByPartner(partner.name, answer.trouble, answer.status, answer.http)
    const theirs = readCredentials(version, answer.data)
    const done = await records.change(partnerId, (one) => ({
      ...one,
      state: 'registered',
      theirToken: theirs.token,
      roles: theirs.roles,
      versionsUrl: theirs.url || one.versionsUrl!,
      registeredAt: now().toISOString(),
      ...(theirs.hub_party_id === undefined ? {} : { hubPartyId: theirs.hub_party_id }),
    }))
    faultPoint('ocpi.register.stored')
    deps.onRegistered(done)
    return done
  }

  /** credentials, "Updating": a new token for each side, and the endpoints again. */
  const rotate = async (partnerId: string, wanted?: readonly VersionNumber[]): Promise<Partner> =>
    turnstile.run(partnerId, () => rotateNow(partnerId, wanted), busy(partnerId))

  const rotateNow = async (partnerId: string, wanted?: readonly VersionNumber[]): Promise<Partner> => {
    const partner = await records.get(partnerId)
    if (partner.state !== 'registered')
      throw new WerenodeError(
        'conflict',
        `Partner ${partner.name} is ${partner.state}; only a registered one has tokens to renew`,
      )
    const found = await discover(peer, {
      url: partner.versionsUrl!,
      token: partner.theirToken!,
      forms: partner.tokenForm === 'raw' ? ['raw', 'base64'] : ['base64', 'raw'],
      wanted: wanted ?? [partner.version!],
    })
    const version = versionOf(found.version)
    const next: OurToken = { token: newToken(), use: 'live', unconfirmed: true }
    await records.change(partnerId, (one) => ({
      ...one,
      ourTokens: [...one.ourTokens.filter(({ unconfirmed }) => !unconfirmed), next],
    }))
    faultPoint('ocpi.rotate.beforePut')
    const answer = await caller.once(
      { ...(await records.get(partnerId)), version: version.number },
      {
        method: 'PUT',
        url: endpointOf(found.endpoints, 'credentials', 'RECEIVER')!,
        body: credentialsFor(version, next.token),
      },
    )
    faultPoint('ocpi.rotate.afterPut')
    if (!answer.ok) throw refusedByPartner(partner.name, answer.trouble, answer.status, answer.http)
    const theirs = readCredentials(version, answer.data)
    const done = await records.change(partnerId, (one) => ({
      ...one,
      version: version.number,
      endpoints: found.endpoints,
      theirToken: theirs.token,
      roles: theirs.roles,
    }))
    deps.onRegistered(done)
    return done
  }

  /** Ends the connection from our side; what the partner answers does not change that. */
  const unregister = async (partnerId: string): Promise<{ told: boolean; trouble?: string }> => {
    const partner = await records.get(partnerId)
    const url = endpointOf(partner.endpoints, 'credentials', 'RECEIVER')
    const answer =
      partner.state === 'registered' && url !== undefined
        ? await caller.once(partner, { method: 'DELETE', url })
        : undefined
    await records.change(partnerId, ended)
    if (answer === undefined || answer.ok) return { told: answer !== undefined }
    return { told: false, ...(answer.trouble === undefined ? {} : { trouble: answer.trouble }) }
  }

  /** The partner begins (POST) or renews (PUT): we call it back with its token before we answer. */
  const receive = async (ask: {
    partner: Partner
    used: OurToken
    version: Version
    body: unknown
    method: 'POST' | 'PUT'
  }): Promise<Answer> => {
    const { partner, used, method } = ask
    // Registered means that the exchange has come to its end: until the token we gave is used, the partner may not have got it.
    const registered = partner.state === 'registered' && used.use === 'live'
    if (method === 'POST' && registered)
      throw methodNotAllowed('You are registered already; renew with PUT', ['GET', 'PUT', 'DELETE'])
    if (method === 'PUT' && !registered)
      throw methodNotAllowed('You are not registered yet; register with POST', ['GET', 'POST'])
    return turnstile.run(
      partner._id,
      () => receiveNow(ask),
      () => {
        throw new Refused(503, ocpiStatus.serverError, 'A credentials exchange with you is under way; try again', {
          'retry-after': '2',
        })
      },
    )
  }

  const receiveNow = async ({
    partner,
    used,
    version,
    body,
  }: {
    partner: Partner
    used: OurToken
    version: Version
    body: unknown
  }): Promise<Answer> => {
    const theirs = readCredentials(version, body)
    await refuseTakenParties(partner._id, theirs.roles)
    const forms = version.hasRoles ? (['base64', 'raw'] as const) : (['raw', 'base64'] as const)
    const found = await discover(peer, { url: theirs.url, token: theirs.token, forms, wanted: [version.number] }).catch(
      async (error: unknown) => {
        if (!(error instanceof CannotUse)) throw error
        await records.trouble(partner._id, 'credentials', error.message)
        throw new Refused(200, error.status, error.message)
      },
    )
    if (found.endpoints.every(({ identifier }) => identifier.toLowerCase() === 'credentials'))
      throw new Refused(200, ocpiStatus.noEndpoints, 'Your version details list no module besides credentials')
    const next: OurToken = { token: newToken(), use: 'live', unconfirmed: true }
    const done = await records.change(partner._id, (one) => ({
      ...one,
      state: 'registered',
      name: one.name || nameOf(theirs.roles),
      version: version.number,
      versionsUrl: theirs.url,
      theirToken: theirs.token,
      tokenForm: found.form,
      roles: theirs.roles,
      endpoints: found.endpoints,
      registeredAt: one.registeredAt ?? now().toISOString(),
      // What was used to come here stays good until the new token is: our answer may never arrive.
      ourTokens: [...one.ourTokens.filter(({ token }) => token === used.token), next],
      ...(theirs.hub_party_id === undefined ? {} : { hubPartyId: theirs.hub_party_id }),
    }))
    faultPoint('ocpi.receive.stored')
    deps.onRegistered(done)
    return { data: credentialsFor(version, next.token) }
  }

  const receiveDelete = async (partner: Partner, used: OurToken): Promise<Answer> => {
    if (partner.state !== 'registered' || used.use === 'registration') throw methodNotAllowed('You are not registered')
    await records.change(partner._id, ended)
    return {}
  }

  /** credentials, GET: the credentials to enter here, so the token as it was given out. */
  const tell = (used: OurToken, version: Version): Answer => ({ data: credentialsFor(version, used.token) })

  return { register, rotate, unregister, receive, receiveDelete, tell }
}

const ended = (partner: Partner): Partner => {
  const { theirToken, ...rest } = partner
  return { ...rest, state: 'unregistered', ourTokens: [], endpoints: [] }
}

const nameOf = (roles: readonly CredentialsRole[]): string => roles[0]?.business_details.name ?? 'Unnamed partner'

const busy = (partnerId: string) => (): never => {
  throw new WerenodeError('conflict', `A credentials exchange with partner ${partnerId} is under way`, {
    hint: 'Wait for it to end.',
  })
}

const refusedByPartner = (
  name: string,
  trouble: string | undefined,
  status: number | undefined,
  http: number,
): WerenodeError => {
  const hint =
    http === 405
      ? 'The partner holds us for registered already: ask it to end that registration and to give a new token.'
      : http === 401
        ? 'The partner does not know our token: ask it for a new one.'
        : status === 3001
          ? 'The partner cannot reach us: check that our public address is right and open.'
          : 'Ask the partner what its log says about this request.'
  return new WerenodeError('conflict', `${name} did not accept our credentials. ${trouble ?? ''}`.trim(), { hint })
}
