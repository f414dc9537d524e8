import { createHash } from 'node:crypto'
import {
  type Bus,
  type Clock,
  type Doc,
  type Evse as OwnEvse,
  type Location as OwnLocation,
  type Party,
  parseEvseId,
  type StationCommand,
  type StationReply,
  type Store,
  stationCommandSubject,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import type { Logger } from 'pino'
import { alpha2 } from '../catalogue/countries.ts'
import type { CataloguePort } from '../catalogue/port.ts'
import type { ObjectDoc, Partner } from '../collections.ts'
import type { Cdr, Kind, Location, Objects, PartyRef, Session, Tariff, Token } from '../model/model.ts'
import type { CommandResult } from '../modules/commands.ts'
import type { ProfileSender } from '../modules/profile-sender.ts'
import { docId, plainId } from '../objects/object-id.ts'
import { versionOf } from '../versions/versions.ts'
import { type AwayDoc, createAway } from './away.ts'

/** A partner's EVSE as a station of ours: commands go to the partner, its sessions come back as events. */
interface PlugDoc extends Doc {
  readonly partnerId: string
  readonly owner: PartyRef
  readonly locationId: string
  readonly evseUid: string
  readonly connectorIds: readonly string[]
}
/**
 * As eMSP: partners' plugs in our catalogue, driven like any station (`station.<id>.command`): START_SESSION and STOP_SESSION
 * go out, the partner's objects come back as `transaction.*` events (away.ts). A session that begins after a TIMEOUT is told all the same.
 */
export const createForeignPlugs = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  log: Logger
  us: PartyRef
  issuer: string
  commands: {
    send(
      partnerId: string,
      name: 'START_SESSION' | 'STOP_SESSION' | 'UNLOCK_CONNECTOR',
      fields: object,
      to?: PartyRef,
    ): Promise<{ result: CommandResult; message?: string }>
  }
  profiles: Pick<ProfileSender, 'set' | 'clear'>
  catalogue: CataloguePort | undefined
  cdrWaitMs?: number
}) => {
  const { store, bus, clock, log, us, commands, catalogue } = deps
  const away = createAway(deps)
  const serving = new Map<string, Unsubscribe>()
  const tokens = new Map<string, Token>()
  /** Connectors of each plug as they were written last. */
  const written = new Map<string, readonly string[]>()

  const stationIdOf = (partnerId: string, owner: PartyRef, location: string, evse: string): string =>
    `ocpi/${partnerId}/${owner.country_code}${owner.party_id}/${location}/${evse}`

  const serve = (stationId: string): void => {
    if (serving.has(stationId)) return
    serving.set(
      stationId,
      bus.serve(stationCommandSubject(stationId), (payload) => carryOut(stationId, payload as StationCommand)),
    )
  }

  /** The token of one session: known to nobody before, so it is sent whole (mod_commands, StartSession). */
  const tokenFor = (idTag: string): Token => ({
    ...us,
    uid: idTag,
    type: 'APP_USER',
    contract_id: `${us.country_code}${us.party_id}C${idTag}`.toUpperCase(),
    issuer: deps.issuer,
    valid: true,
    whitelist: 'NEVER',
    last_updated: clock().toISOString(),
  })

  const carryOut = async (stationId: string, command: StationCommand): Promise<StationReply> => {
    const plug = await store.get<PlugDoc>('ocpi_plugs', stationId)
    const partner = plug && (await store.get<Partner>('ocpi_partners', plug.partnerId))
    if (!plug || !partner?.version) return refused('This plug is no longer offered by its operator.', false)
    const version = versionOf(partner.version)
    if (command.verb === 'start') {
      const token = tokenFor(command.idTag)
      const connectorId = plug.connectorIds[command.connector - 1]
      const doc: AwayDoc = {
        _id: `away|${command.idTag}`,
        stationId,
        stationKey: `${plug.partnerId}|${command.idTag}`,
        partnerId: plug.partnerId,
        evse: command.evse,
        connector: command.connector,
        contractId: token.contract_id,
      }
      tokens.set(token.contract_id, token)
      await away.expect(doc)
      const wire = version.mapper.tokens!.toWire(token, { owner: us, holder: us })
      const modern = version.hasRoles
        ? { authorization_reference: command.idTag, ...(connectorId ? { connector_id: connectorId } : {}) }
        : {}
      return replyOf(
        await commands.send(
          plug.partnerId,
          'START_SESSION',
          {
            token: wire,
            location_id: plug.locationId,
            evse_uid: plug.evseUid,
            ...modern,
          },
          plug.owner,
        ),
      )
    }
    if (command.verb === 'stop')
      return replyOf(
        await commands.send(plug.partnerId, 'STOP_SESSION', { session_id: command.transactionId }, plug.owner),
      )
    if (command.verb === 'unlock') {
      const connectorId = plug.connectorIds[command.connector - 1]
      if (connectorId === undefined) return refused('This plug has no such connector.', false)
      return replyOf(
        await commands.send(
          plug.partnerId,
          'UNLOCK_CONNECTOR',
          {
            location_id: plug.locationId,
            evse_uid: plug.evseUid,
            connector_id: connectorId,
          },
          plug.owner,
        ),
      )
    }
    if (command.verb === 'setLimit') {
      if (command.transactionId === undefined)
        return refused('At a partner’s plug a charge is limited, not the plug.', false)
      const outcome =
        command.limitW === undefined
          ? await deps.profiles.clear(plug.partnerId, command.transactionId, plug.owner)
          : await deps.profiles.set(
              plug.partnerId,
              command.transactionId,
              {
                charging_rate_unit: 'W',
                charging_profile_period: [{ start_period: 0, limit: command.limitW }],
              },
              plug.owner,
            )
      if (outcome.result === 'ACCEPTED') return { accepted: true }
      return refused(outcome.message ?? `The plug’s operator answered ${outcome.result}.`, outcome.result === 'TIMEOUT')
    }
    return refused(`A partner's plug cannot be told to ${command.verb}.`, false)
  }

  const onLocation = async (partner: Partner, location: Location, gone: boolean): Promise<void> => {
    const plugs = (location.evses ?? []).map(
      (evse): PlugDoc => ({
        _id: stationIdOf(partner._id, location, location.id, evse.uid),
        partnerId: partner._id,
        owner: { country_code: location.country_code, party_id: location.party_id },
        locationId: location.id,
        evseUid: evse.uid,
        connectorIds: evse.connectors.map(({ id }) => id),
      }),
    )
    // A change of status changes no plug: written only what is new, because such pushes come by the thousand.
    const changed = plugs.filter(({ _id, connectorIds }) => !sameTexts(written.get(_id), connectorIds))
    if (changed.length > 0) await store.write(changed.map((doc) => ({ op: 'put', in: 'ocpi_plugs', doc })))
    for (const { _id, connectorIds } of changed) written.set(_id, connectorIds)
    for (const { _id } of plugs) serve(_id)
    if (catalogue?.putRoaming === undefined) return
    const own = toCatalogue(partner, location, gone)
    try {
      if (own !== undefined) await catalogue.putRoaming(own)
    } catch (error) {
      if (!(error instanceof WerenodeError)) throw error
      log.warn(
        { partnerId: partner._id, locationId: location.id, why: error.message },
        'A partner’s location is not shown',
      )
    }
  }

  const toCatalogue = (partner: Partner, location: Location, gone: boolean): OwnLocation | undefined => {
    const countryCode = alpha2(location.country)
    if (countryCode === undefined) return undefined
    const evses = (location.evses ?? []).flatMap((evse): OwnEvse[] => {
      if (evse.evse_id === undefined || !/^[A-Z]{2}\*?[A-Z0-9]{3}\*?E[A-Z0-9*]{1,30}$/i.test(evse.evse_id)) return []
      return [
        {
          uid: evse.uid,
          evseId: parseEvseId(evse.evse_id),
          status: gone ? 'REMOVED' : evse.status,
          statusAt: evse.last_updated,
          connectors: evse.connectors.map((connector, index) => ({
            id: index + 1,
            standard: connector.standard as never,
            format: connector.format,
            powerType: (connector.power_type.startsWith('AC_2') ? 'AC_2_PHASE' : connector.power_type) as never,
            maxPowerW:
              connector.max_electric_power ??
              connector.max_voltage * connector.max_amperage * (connector.power_type === 'AC_3_PHASE' ? 3 : 1),
            tariffIds: (connector.tariff_ids ?? []).map((id) => tariffIdOf(location, id)),
          })),
          station: { stationId: stationIdOf(partner._id, location, location.id, evse.uid), evse: 1 },
          payable: !gone && location.publish,
        },
      ]
    })
    return {
      id: `${partner._id}~${location.country_code}${location.party_id}~${location.id}`,
      party: `${location.country_code}*${location.party_id}`.toUpperCase() as Party,
      operatorName: location.operator?.name ?? partner.name,
      name: location.name ?? location.address,
      address: location.address,
      city: location.city,
      ...(location.postal_code ? { postalCode: location.postal_code } : {}),
      countryCode,
      position: { lon: Number(location.coordinates.longitude), lat: Number(location.coordinates.latitude) },
      timeZone: location.time_zone,
      ...(location.opening_times?.twentyfourseven ? { openingHours: '24/7' } : {}),
      evses,
      source: 'roaming',
      lastUpdated: location.last_updated,
    }
  }

  /** Tariff ids are unique within their party only; none of ours holds a `~`. At most 36 characters (mod_tariffs). */
  const tariffIdOf = (owner: PartyRef, id: string): string => {
    const mark = `${owner.country_code}${owner.party_id}~`.toUpperCase()
    const plain = id.toUpperCase()
    return plain.length <= 30
      ? `${mark}${plain}`
      : `${mark}${createHash('sha256').update(plain).digest('base64url').slice(0, 30)}`
  }

  return {
    /** A partner's object is new. `findings`: what does not add up in a CDR. */
    onChanged: async (
      partner: Partner,
      kind: Kind,
      object: Objects[Kind],
      gone: boolean,
      findings: readonly string[] = [],
    ): Promise<void> => {
      if (kind === 'sessions') await away.onSession(partner, object as Session)
      else if (kind === 'cdrs') await away.onCdr(partner, object as Cdr, findings)
      else if (kind === 'locations') await onLocation(partner, object as Location, gone)
      else if (kind === 'tariffs' && !gone && catalogue?.putTariff !== undefined) {
        const tariff = object as Tariff
        await catalogue.putTariff({ ...tariff, id: tariffIdOf(tariff, tariff.id) })
      }
    },
    /** The token of a running session of ours abroad, by its contract. */
    tokenOf: (contractId: string): Token | undefined => tokens.get(contractId),
    /** A partner's session, as it was told last. */
    sessionOf: async (partnerId: string, owner: PartyRef, id: string) =>
      store.get<ObjectDoc<'sessions'>>('ocpi_objects', docId(partnerId, 'sessions', plainId(owner, id))),
    start: async (): Promise<void> => {
      let after: string | undefined
      do {
        const page = await store.find<PlugDoc>('ocpi_plugs', {}, { limit: 5_000, ...(after ? { after } : {}) })
        for (const { _id } of page.items) serve(_id)
        after = page.next
      } while (after !== undefined)
      away.start()
    },
    stop: async (): Promise<void> => {
      await away.stop()
      for (const stop of serving.values()) await stop()
      serving.clear()
    },
  }
}

const sameTexts = (a: readonly string[] | undefined, b: readonly string[]): boolean =>
  a !== undefined && a.length === b.length && a.every((text, i) => text === b[i])

const refused = (reason: string, retriable: boolean): StationReply => ({ accepted: false, reason, retriable })
const replyOf = ({ result, message }: { result: CommandResult; message?: string }): StationReply => {
  if (result === 'ACCEPTED') return { accepted: true }
  const words: Readonly<Partial<Record<CommandResult, string>>> = {
    EVSE_OCCUPIED: 'The plug is in use.',
    EVSE_INOPERATIVE: 'The plug is out of order.',
    TIMEOUT: 'The plug’s operator did not answer in time.',
    NOT_SUPPORTED: 'The plug’s operator does not support this.',
    REJECTED: 'The plug’s operator refused.',
  }
  return refused(
    message ?? words[result] ?? `The plug’s operator answered ${result}.`,
    result === 'TIMEOUT' || result === 'FAILED',
  )
}
