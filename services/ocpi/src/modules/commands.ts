import { randomUUID } from 'node:crypto'
import {
  type Clock,
  type Doc,
  faultPoint,
  isWerenodeError,
  type Store,
  type Stored,
  WerenodeError,
} from '@werenode/core'
import type { Logger } from 'pino'
import type { ObjectDoc, Partner } from '../collections.ts'
import type { Call, Handler } from '../http/call.ts'
import { type Answer, invalid, notFound, ocpiStatus, Refused } from '../http/envelope.ts'
import type { PeerAnswer } from '../http/peer.ts'
import type { CdrToken, Location, PartyRef, Token } from '../model/model.ts'
import { docId, plainId } from '../objects/object-id.ts'
import type { PartnerRequest } from '../partners/caller.ts'
import { backTo, partyIn, speaksFor } from '../partners/hub.ts'
import { accept } from '../schema/accept.ts'
import { check } from '../schema/check.ts'
import { type CommandName, endpointOf, versionOf } from '../versions/versions.ts'
import { byMethod, sameId } from './sender.ts'

export type CommandResult =
  | 'ACCEPTED'
  | 'CANCELED_RESERVATION'
  | 'EVSE_OCCUPIED'
  | 'EVSE_INOPERATIVE'
  | 'FAILED'
  | 'NOT_SUPPORTED'
  | 'REJECTED'
  | 'TIMEOUT'
  | 'UNKNOWN_RESERVATION'

/** What a partner asks of one of our plugs. */
export type PlugCommand = {
  readonly partnerId: string
  readonly commandId: string
  /** When it came, ISO. */
  readonly at: string
} & (
  | {
      readonly name: 'START_SESSION'
      readonly token: Token
      readonly locationId: string
      readonly evseUid?: string
      readonly connectorId?: string
      readonly authorizationReference?: string
    }
  | { readonly name: 'STOP_SESSION'; readonly sessionId: string }
  | {
      readonly name: 'RESERVE_NOW'
      readonly token: Token
      readonly locationId: string
      readonly evseUid?: string
      readonly reservationId: string
      readonly until: string
      readonly authorizationReference?: string
    }
  | { readonly name: 'CANCEL_RESERVATION'; readonly reservationId: string }
  | {
      readonly name: 'UNLOCK_CONNECTOR'
      readonly locationId: string
      readonly evseUid: string
      readonly connectorId: string
    }
)
/** Carries a command out; what it answers goes back to the partner. Told the same `commandId` twice it does it once. */
export type CarryOut = (command: PlugCommand) => Promise<{ result: CommandResult; message?: string }>

export interface CommandDoc extends Doc {
  readonly way: 'in' | 'out'
  readonly partnerId: string
  readonly name: CommandName
  /** in: running, answering, done. out: sent, done. */
  readonly state: 'running' | 'answering' | 'sent' | 'done'
  readonly dueAt: string
  readonly command?: PlugCommand
  readonly responseUrl?: string
  /** in: the party that asked, which may stand behind a hub. */
  readonly from?: PartyRef
  readonly attempts?: number
  readonly result?: CommandResult
  readonly message?: string
  readonly expiresAt?: string
}

export interface CommandDeps {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  readonly us: PartyRef
  readonly records: { get(id: string): Promise<Partner> }
  readonly call: (partnerId: string, request: PartnerRequest) => Promise<PeerAnswer>
  readonly carryOut: CarryOut | undefined
  /** Address of our commands sender interface, by version. */
  readonly senderBase: (version: string) => string
  /** Seconds a station may take. Default 60. */
  readonly timeoutS?: number
}
type Wire = Readonly<Record<string, unknown>>

/** mod_commands, both interfaces. What is accepted is durable first, so that a restart answers it too. */
export const createCommands = (deps: CommandDeps) => {
  const { store, clock, log, us } = deps
  const timeoutS = deps.timeoutS ?? 60
  const waiting = new Map<string, (result: { result: CommandResult; message?: string }) => void>()
  const running = new Set<Promise<void>>()
  let timer: NodeJS.Timeout | undefined

  const track = (task: Promise<void>): void => {
    const tracked = task
      .catch((error: unknown) => log.error({ err: error }, 'A command failed inside'))
      .finally(() => running.delete(tracked))
    running.add(tracked)
  }

  // --- as CPO -------------------------------------------------------------------------------------------------------

  const receiver: Handler = byMethod({
    POST: async (call) => {
      const name = call.parts[0]?.toUpperCase() as CommandName
      const schema = call.version.commands[name]
      if (schema === undefined || call.parts.length !== 1)
        throw notFound(`The command ${String(call.parts[0]).slice(0, 40)}`)
      const wire = call.read(schema) as Wire
      const responseUrl = believable(call.partner, String(wire.response_url))
      const command = await commandOf(call, name, wire)
      if (command === 'unknown-session') return responseOf(call, 'UNKNOWN_SESSION')
      if (deps.carryOut === undefined) return responseOf(call, 'NOT_SUPPORTED')
      const doc: CommandDoc = {
        _id: `in|${command.commandId}`,
        way: 'in',
        partnerId: call.partner._id,
        name,
        state: 'running',
        dueAt: clock().toISOString(),
        command,
        responseUrl,
        ...(call.version.hasRoles ? { from: backTo(call.partner, call.routing, 'EMSP') } : {}),
      }
      await store.write([{ op: 'insert', in: 'ocpi_commands', doc }])
      track(run(doc))
      return responseOf(call, 'ACCEPTED')
    },
  })

  const responseOf = (call: Call, result: string): Answer => {
    const data = call.version.hasRoles ? { result, timeout: timeoutS } : { result }
    const problems = check(call.version.commandResponse, data)
    if (problems.length > 0) throw new Error(`Our CommandResponse breaks OCPI: ${problems[0]!.what}`)
    return { data }
  }

  const commandOf = async (call: Call, name: CommandName, wire: Wire): Promise<PlugCommand | 'unknown-session'> => {
    const common = { partnerId: call.partner._id, commandId: randomUUID(), at: clock().toISOString() }
    const text = (field: string): string => String(wire[field])
    const optional = (field: string, as: string) => (wire[field] === undefined ? {} : { [as]: text(field) })
    switch (name) {
      case 'START_SESSION':
      case 'RESERVE_NOW': {
        await needPlug(
          text('location_id'),
          wire.evse_uid as string | undefined,
          wire.connector_id as string | undefined,
        )
        const token = call.version.mapper.tokens!.fromWire(wire.token as Wire, {
          owner: ownerOfToken(call),
          holder: us,
        })
        const shared = {
          ...common,
          token,
          locationId: text('location_id'),
          ...optional('evse_uid', 'evseUid'),
          ...optional('authorization_reference', 'authorizationReference'),
        }
        return name === 'START_SESSION'
          ? { ...shared, name, ...optional('connector_id', 'connectorId') }
          : { ...shared, name, reservationId: text('reservation_id'), until: text('expiry_date') }
      }
      case 'STOP_SESSION': {
        const session = await store.get<ObjectDoc<'sessions'>>(
          'ocpi_objects',
          docId('own', 'sessions', plainId(us, text('session_id'))),
        )
        const theirs = session?.forParty === undefined || speaksFor(call.partner, call.routing, session.forParty)
        return session === undefined || !theirs ? 'unknown-session' : { ...common, name, sessionId: session.object.id }
      }
      case 'CANCEL_RESERVATION':
        return { ...common, name, reservationId: text('reservation_id') }
      case 'UNLOCK_CONNECTOR':
        await needPlug(text('location_id'), text('evse_uid'), text('connector_id'))
        return {
          ...common,
          name,
          locationId: text('location_id'),
          evseUid: text('evse_uid'),
          connectorId: text('connector_id'),
        }
    }
  }

  /** status_codes 2003: a command about a place we do not have. */
  const needPlug = async (locationId: string, evseUid?: string, connectorId?: string): Promise<void> => {
    const doc = await store.get<ObjectDoc<'locations'>>(
      'ocpi_objects',
      docId('own', 'locations', plainId(us, locationId)),
    )
    const unknown = (what: string) => new Refused(200, ocpiStatus.unknownLocation, `${what} is not known here`)
    if (doc === undefined || doc.gone) throw unknown(`Location ${locationId}`)
    if (evseUid === undefined) return
    const evse: NonNullable<Location['evses']>[number] | undefined = doc.object.evses?.find(({ uid }) =>
      sameId(uid, evseUid),
    )
    if (evse === undefined || evse.status === 'REMOVED') throw unknown(`EVSE ${evseUid} of location ${locationId}`)
    if (connectorId !== undefined && !evse.connectors.some(({ id }) => sameId(id, connectorId)))
      throw unknown(`Connector ${connectorId} of EVSE ${evseUid}`)
  }

  /** Through a hub the token's party is the sender's; 2.1.1 has one party. */
  const ownerOfToken = ({ partner, routing }: Call): PartyRef => backTo(partner, routing, 'EMSP')

  const run = async (doc: CommandDoc): Promise<void> => {
    const outcome = await deps.carryOut!(doc.command!).catch((error: unknown) => {
      if (!isWerenodeError(error)) throw error
      return { result: resultOf(error), message: error.message }
    })
    faultPoint('ocpi.command.carriedOut')
    const answering: CommandDoc = {
      ...doc,
      state: 'answering',
      result: outcome.result,
      attempts: 0,
      ...(outcome.message === undefined ? {} : { message: outcome.message }),
    }
    await store.write([{ op: 'put', in: 'ocpi_commands', doc: answering }])
    await answer(answering)
  }

  const answer = async (doc: CommandDoc): Promise<void> => {
    const partner = await deps.records.get(doc.partnerId)
    const version = versionOf(partner.version!)
    const body = version.hasRoles
      ? {
          result: doc.result,
          ...(doc.message ? { message: [{ language: 'en', text: doc.message.slice(0, 512) }] } : {}),
        }
      : { result: result211(doc.result!) }
    const said = await deps.call(doc.partnerId, {
      method: 'POST',
      url: doc.responseUrl!,
      body,
      ...(version.hasRoles ? { routing: { from: us, to: doc.from ?? partyIn(partner, 'EMSP') } } : {}),
    })
    const attempts = (doc.attempts ?? 0) + 1
    // A few tries, then silence: by then the driver has left the screen.
    const done = said.ok || !said.retriable || attempts >= 4
    const next: CommandDoc = {
      ...doc,
      attempts,
      state: done ? 'done' : 'answering',
      dueAt: new Date(clock().getTime() + 2_000 * 2 ** attempts).toISOString(),
    }
    await store.write([{ op: 'put', in: 'ocpi_commands', doc: next }])
  }

  // --- as eMSP ------------------------------------------------------------------------------------------------------

  /** mod_commands, Sender interface: the asynchronous result, at the address we gave for this one command. */
  const resultReceiver: Handler = byMethod({
    POST: async (call) => {
      const id = call.parts[1]
      const doc = id === undefined ? undefined : await store.get<CommandDoc>('ocpi_commands', `out|${id}`)
      if (doc === undefined || doc.partnerId !== call.partner._id)
        throw notFound(`The command ${String(id).slice(0, 60)}`)
      // The result comes as it is; some wrap it like an answer (specification issue #437).
      const raw = call.body as { data?: unknown; result?: unknown } | undefined
      const read = call.read(
        call.version.commandResult,
        raw?.result === undefined && raw?.data !== undefined ? raw.data : raw,
      ) as Wire
      const message = (read.message as readonly { text: string }[] | undefined)?.[0]?.text
      await finish(doc, { result: read.result as CommandResult, ...(message === undefined ? {} : { message }) })
      return {}
    },
  })

  const finish = async (
    { _rev, ...doc }: Stored<CommandDoc>,
    outcome: { result: CommandResult; message?: string },
  ): Promise<void> => {
    // The first result stands; a partner may repeat itself.
    if (doc.state === 'done' && doc.result !== 'TIMEOUT') return
    const next: CommandDoc = { ...doc, ...outcome, state: 'done' }
    await store.write([{ op: 'put', in: 'ocpi_commands', doc: next }])
    waiting.get(doc._id)?.(outcome)
  }

  /**
   * Sends a command to a partner's plug and waits for the asynchronous result; `TIMEOUT` when none comes in the time the partner
   * named. A session may begin all the same (specification issue #475): its Session object says so, not this.
   */
  const send = async (
    partnerId: string,
    name: CommandName,
    fields: object,
    /** The plug's party, where the partner is a hub. */
    to?: PartyRef,
  ): Promise<{ result: CommandResult; message?: string }> => {
    const partner = await deps.records.get(partnerId)
    const url = endpointOf(partner.endpoints, 'commands', 'RECEIVER')
    if (partner.state !== 'registered' || partner.version === undefined || url === undefined)
      throw new WerenodeError('station-offline', `${partner.name} takes no commands`, {
        hint: 'Ask the partner to offer the commands module.',
      })
    const version = versionOf(partner.version)
    const schema = version.commands[name]
    if (schema === undefined) return { result: 'NOT_SUPPORTED', message: `OCPI ${version.number} has no ${name}` }
    const id = randomUUID()
    const body = { response_url: `${deps.senderBase(version.number)}/${name}/${id}`, ...fields }
    const problems = check(schema, body)
    if (problems.length > 0)
      throw new WerenodeError(
        'invalid-input',
        `${name} would break OCPI ${version.number}: ${problems[0]!.what} at ${problems[0]!.path}`,
      )
    const doc: CommandDoc = {
      _id: `out|${id}`,
      way: 'out',
      partnerId,
      name,
      state: 'sent',
      dueAt: clock().toISOString(),
    }
    await store.write([{ op: 'insert', in: 'ocpi_commands', doc }])
    const arrived = new Promise<{ result: CommandResult; message?: string }>((resolve) => waiting.set(doc._id, resolve))
    let patience: NodeJS.Timeout | undefined
    try {
      const answer = await deps.call(partnerId, {
        method: 'POST',
        url: `${url.replace(/\/$/, '')}/${name}`,
        body,
        ...(version.hasRoles ? { routing: { from: us, to: to ?? partyIn(partner, 'CPO') } } : {}),
      })
      if (!answer.ok)
        return {
          result: answer.http === 0 ? 'TIMEOUT' : 'FAILED',
          message: answer.trouble ?? 'The partner did not answer',
        }
      const read = accept(version.commandResponse, single(answer.data))
      const response = read.ok
        ? (read.value as { result: string; timeout?: number; message?: readonly { text: string }[] })
        : undefined
      if (response === undefined)
        return { result: 'FAILED', message: 'The partner answered what is no CommandResponse' }
      if (response.result !== 'ACCEPTED')
        return {
          result: response.result === 'NOT_SUPPORTED' ? 'NOT_SUPPORTED' : 'REJECTED',
          message: response.message?.[0]?.text ?? `The partner answered ${response.result}`,
        }
      const patienceMs = Math.min(Math.max(response.timeout ?? 30, 1), 300) * 1000
      const late = new Promise<{ result: CommandResult; message?: string }>((resolve) => {
        patience = setTimeout(
          () => resolve({ result: 'TIMEOUT', message: 'The partner did not say what came of it' }),
          patienceMs,
        )
      })
      return await Promise.race([arrived, late])
    } finally {
      clearTimeout(patience)
      waiting.delete(doc._id)
    }
  }

  /** What a restart left: results to be told, and commands of which nobody knows how far they came. */
  const resume = async (): Promise<void> => {
    for (const state of ['running', 'answering'] as const) {
      const { items } = await store.find<CommandDoc>(
        'ocpi_commands',
        { state, dueAt: { $lte: clock().toISOString() } },
        { limit: 500 },
      )
      for (const { _rev, ...doc } of items) {
        if (doc.way !== 'in') continue
        if (state === 'running' && deps.carryOut !== undefined) track(run(doc))
        else if (state === 'answering') track(answer(doc))
      }
    }
  }
  const retryAnswers = async (): Promise<void> => {
    const { items } = await store.find<CommandDoc>(
      'ocpi_commands',
      { state: 'answering', dueAt: { $lte: clock().toISOString() } },
      { limit: 100 },
    )
    for (const { _rev, ...doc } of items) if ((doc.attempts ?? 0) > 0) await answer(doc)
  }

  return {
    receiver,
    resultReceiver,
    send,
    start: async (): Promise<void> => {
      await resume()
      timer = setInterval(() => track(retryAnswers()), 2_000)
      timer.unref()
    },
    stop: async (): Promise<void> => {
      clearInterval(timer)
      await Promise.allSettled(running)
    },
  }
}
export type Commands = ReturnType<typeof createCommands>

/** Python libraries put the one object they answer into a list. */
export const single = (data: unknown): unknown => (Array.isArray(data) && data.length === 1 ? data[0] : data)

/** A result goes to the partner's own hosts only: it carries our token. */
export const believable = (partner: Partner, address: string): string => {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const hosts = new Set(
    [partner.versionsUrl, ...partner.endpoints.map((one) => one.url)]
      .filter((one) => one !== undefined)
      .map((one) => new URL(one).hostname),
  )
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:') && hosts.has(url.hostname))
    return url.href
  throw invalid(`$.response_url: ${address.slice(0, 80)} is not an address of yours`)
}

const resultOf = ({ code }: WerenodeError): CommandResult =>
  code === 'evse-occupied'
    ? 'EVSE_OCCUPIED'
    : code === 'evse-unavailable' || code === 'station-offline' || code === 'no-responder'
      ? 'EVSE_INOPERATIVE'
      : code === 'station-timeout' || code === 'timeout'
        ? 'TIMEOUT'
        : code === 'not-found' || code === 'not-allowed' || code === 'station-refused'
          ? 'REJECTED'
          : 'FAILED'

/** mod_commands 4.1 of 2.1.1 has fewer words. */
const result211 = (result: CommandResult): string =>
  ['ACCEPTED', 'NOT_SUPPORTED', 'REJECTED', 'TIMEOUT'].includes(result) ? result : 'REJECTED'

/** A token as the commands and CDRs of a session name it. */
export const cdrTokenOf = ({ country_code, party_id, uid, type, contract_id }: Token): CdrToken => ({
  country_code,
  party_id,
  uid,
  type,
  contract_id,
})
