import type { IncomingMessage } from 'node:http'
import { isWerenodeError, type Stored } from '@werenode/core'
import { type CredentialChecker, readBasic } from '../stations/credentials.ts'
import type { StationRecords } from '../stations/records.ts'
import { isIdentity, type Station } from '../stations/station.ts'
import { type OcppVersion, ocppVersions, versionNamed } from '../wire/version.ts'
import { Refusal } from './refusal.ts'
import { createTokenBuckets, type Rate } from './token-bucket.ts'

/** Who may come in: identity, then credentials, then the version to speak. Throws `Refusal`. */
export interface Door {
  /** `secured` is what TLS knows of the other side; undefined on a plain connection. */
  admit(request: IncomingMessage, secured: Secured | undefined): Promise<Admitted>
}

/** What the TLS handshake proved. */
export interface Secured {
  /** The client's certificate leads to a root we trust. */
  readonly authorized: boolean
  /** Why it does not. */
  readonly reason: string | undefined
  readonly commonName: string | undefined
  readonly organisation: string | undefined
}

export interface Admitted {
  readonly station: Stored<Station>
  readonly version: OcppVersion
  /** The sub-protocol as the station wrote it, to be echoed; undefined when it named none. */
  readonly subprotocol: string | undefined
  readonly remoteAddress: string
}

export interface DoorRates {
  /** Connections, per network address. A site's stations often share one. */
  readonly address: Rate
  /** Connections, per identity: firmware in a reboot loop. */
  readonly identity: Rate
  /** Wrong passwords, per identity and address. */
  readonly wrongPassword: Rate
  /** Connections, altogether. */
  readonly all: Rate
}

export const defaultDoorRates: DoorRates = {
  address: { burst: 1_000, perSecond: 50 },
  identity: { burst: 20, perSecond: 0.5 },
  wrongPassword: { burst: 5, perSecond: 0.1 },
  all: { burst: 5_000, perSecond: 500 },
}

export const createDoor = ({
  records,
  credentials,
  rates = defaultDoorRates,
  now,
  path = '/ocpp/',
}: {
  records: StationRecords
  credentials: CredentialChecker
  rates?: DoorRates
  now: () => number
  path?: string
}): Door => {
  const byAddress = createTokenBuckets(rates.address, now)
  const byIdentity = createTokenBuckets(rates.identity, now)
  const wrongPasswords = createTokenBuckets(rates.wrongPassword, now)
  const all = createTokenBuckets(rates.all, now)

  const limit = (waitMs: number, who: string): void => {
    if (waitMs > 0) throw new Refusal(429, `Too many connections ${who}; slow down`, Math.ceil(waitMs / 1000))
  }

  const checkCredentials = async (
    request: IncomingMessage,
    identity: string,
    station: Stored<Station> | undefined,
    remoteAddress: string,
    secured: Secured | undefined,
  ): Promise<void> => {
    if (station?.securityProfile === 0) return
    if (station?.securityProfile === 3) return checkCertificate(station, secured)
    const guesses = `${identity}|${remoteAddress}`
    limit(wrongPasswords.peek(guesses), 'with a wrong password')
    const basic = readBasic(request.headers.authorization, identity)
    // The work is the same for a station that does not exist: whoever guesses learns nothing from the time.
    const matches = await credentials.matches(identity, basic?.password ?? Buffer.alloc(0), station?.credentials ?? [])
    if (basic && matches && basic.user === identity) return
    wrongPasswords.take(guesses)
    throw new Refusal(401, 'Unknown charging station or wrong password')
  }

  return {
    admit: async (request, secured) => {
      const remoteAddress = request.socket.remoteAddress ?? 'unknown'
      limit(all.take('all'), 'at once')
      limit(byAddress.take(remoteAddress), 'from your address')
      const identity = identityIn(request.url ?? '', path)
      limit(byIdentity.take(identity), 'of this station')
      const station = await stationOf(records, identity)
      await checkCredentials(request, identity, station, remoteAddress, secured)
      if (!station) throw new Refusal(401, 'Unknown charging station or wrong password')
      if (station.blocked) throw new Refusal(403, `Charging station ${identity} is blocked by its operator`)
      if (station.securityProfile >= 2 && !secured)
        throw new Refusal(
          403,
          `Charging station ${identity} must use TLS (security profile ${station.securityProfile})`,
        )
      return { station, ...versionFor(request, station), remoteAddress }
    },
  }
}

/** Profile 3: the chain must hold, and the name in it must be the name at the door (OCPP 2.0.1 A00.FR.412, white paper §2.7). */
const checkCertificate = (station: Station, secured: Secured | undefined): void => {
  if (!secured) return
  if (!secured.authorized)
    throw new Refusal(401, `A certificate from a known authority is asked for (${secured.reason ?? 'none was shown'})`)
  if (secured.commonName !== station._id)
    throw new Refusal(401, `The certificate is made out to another charging station than ${station._id}`)
  if (station.organisation !== undefined && secured.organisation !== station.organisation)
    throw new Refusal(401, `The certificate is not of the operator of ${station._id}`)
}

/** The last part of the path, decoded once. */
const identityIn = (url: string, path: string): string => {
  const pathname = url.split(/[?#]/)[0]!.replace(/\/+$/, '')
  if (!pathname.startsWith(path))
    throw new Refusal(404, `Connect to ${path}<identity of the charging station>, not to ${pathname.slice(0, 100)}`)
  let identity: string
  try {
    identity = decodeURIComponent(pathname.slice(path.length))
  } catch {
    throw new Refusal(400, 'The identity in the path is not properly percent-encoded')
  }
  if (!isIdentity(identity))
    throw new Refusal(400, 'The identity in the path may have up to 48 letters, digits and * - _ = : + | @ .')
  return identity
}

const stationOf = async (records: StationRecords, identity: string): Promise<Stored<Station> | undefined> => {
  try {
    return await records.station(identity)
  } catch (error) {
    if (isWerenodeError(error)) throw new Refusal(503, 'Storage is away, try again later', 10)
    throw error
  }
}

/** The first version the station names that we speak: the order is its own preference. */
const versionFor = (request: IncomingMessage, station: Station): Pick<Admitted, 'version' | 'subprotocol'> => {
  const offered = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  for (const subprotocol of offered) {
    const version = versionNamed(subprotocol)
    if (version) return { version, subprotocol }
  }
  if (offered.length === 0 && station.defaultVersion) return { version: station.defaultVersion, subprotocol: undefined }
  throw new Refusal(
    400,
    offered.length === 0
      ? `Name a sub-protocol in Sec-WebSocket-Protocol: ${ocppVersions.join(', ')}`
      : `None of ${offered.join(', ').slice(0, 100)} is spoken here; offer ${ocppVersions.join(', ')}`,
  )
}
