import {
  type Bus,
  type CdrFigures,
  type Clock,
  type Doc,
  type EventEnvelope,
  isWerenodeError,
  type MeterSample,
  type SessionId,
  type SessionView,
  type Store,
  type Stored,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import type { Logger } from 'pino'
import type { Location, PartyRef } from '../model/model.ts'
import { plainId } from '../objects/object-id.ts'
import { type OcpiObjects, OWN } from '../objects/objects.ts'
import { type Charge, cdrObject, creditOf, figuresOf, sessionObject } from './bill.ts'

interface ChargeDoc extends Doc, Charge {
  /** The house's session, when it is driven by the manager. */
  readonly sessionId?: SessionId
  readonly state: 'expected' | 'active' | 'ended'
}
const series = 'ocpi_meter'
interface Reading {
  readonly wh: number
  readonly state: NonNullable<MeterSample['state']>
}

/**
 * Foreign drivers' charges at our plugs: announced by `expect`, then followed by the manager's events (or told by hand), told to
 * their eMSP as Session and, at the end, as CDR. Every step is safe to repeat.
 */
export const createCharges = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  log: Logger
  us: PartyRef
  objects: OcpiObjects
}) => {
  const { store, bus, clock, log, us, objects } = deps
  let unsubscribe: Unsubscribe | undefined

  const samplesOf = async (id: string): Promise<MeterSample[]> => {
    const points = await store.range(series, id, { limit: 10_000 })
    let wh = 0
    return points.map(({ at, value }) => {
      const reading = value as Reading
      // Told twice or out of order: a register never runs back.
      wh = Math.max(wh, reading.wh)
      return { at: new Date(at), energyWh: wh, state: reading.state }
    })
  }

  const figures = (charge: Charge, samples: readonly MeterSample[]): CdrFigures | undefined => {
    try {
      return figuresOf(charge, samples)
    } catch (error) {
      if (!isWerenodeError(error)) throw error
      log.error(
        { charge: charge.id, why: error.message },
        'A roaming charge cannot be priced: no CDR is sent until its tariff is mended',
      )
      return undefined
    }
  }

  const charge = async (id: string): Promise<Stored<ChargeDoc>> => {
    const doc = await store.get<ChargeDoc>('ocpi_charges', id)
    if (doc !== undefined) return doc
    throw new WerenodeError('not-found', `No roaming charge ${id} is known here`)
  }

  const tell = async (doc: ChargeDoc, status: 'PENDING' | 'ACTIVE' | 'COMPLETED'): Promise<void> => {
    const samples = await samplesOf(doc._id)
    if (samples.length === 0) return
    const priced = figures(doc, samples)
    const at = clock()
    const session = sessionObject(doc, us, { samples, status, figures: priced, at })
    const forParty = { country_code: doc.token.country_code, party_id: doc.token.party_id }
    await objects.putOwn('sessions', session, { forParty })
    if (status !== 'COMPLETED' || priced === undefined) return
    const location = await objects.get(OWN, 'locations', plainId(us, doc.locationId))
    if (location === undefined)
      throw new WerenodeError('not-found', `Location ${doc.locationId} of charge ${doc._id} is not known to roaming`)
    await objects.putOwn(
      'cdrs',
      cdrObject(doc, us, { session, figures: priced, location: location.object as Location, at }),
      { forParty },
    )
  }

  const sample = async (id: string, at: Date, reading: Reading): Promise<void> => {
    await store.write([{ op: 'append', series, key: id, points: [{ at: at.getTime(), value: reading }] }])
  }

  const setState = async (doc: Stored<ChargeDoc>, state: ChargeDoc['state']): Promise<ChargeDoc> => {
    const { _rev, ...plain } = doc
    if (plain.state === state) return plain
    const next: ChargeDoc = { ...plain, state }
    await store.write([{ op: 'replace', in: 'ocpi_charges', doc: next, rev: _rev }])
    return next
  }

  const started = async (id: string, at: Date): Promise<void> => {
    const doc = await charge(id)
    if (doc.state !== 'expected') return
    await sample(id, at, { wh: 0, state: 'charging' })
    await tell(await setState(doc, 'active'), 'ACTIVE')
  }
  const meter = async (id: string, at: Date, energyWh: number, state: Reading['state'] = 'charging'): Promise<void> => {
    const doc = await charge(id)
    if (doc.state !== 'active') return
    await sample(id, at, { wh: energyWh, state })
    await tell(doc, 'ACTIVE')
  }
  const ended = async (id: string, at: Date, energyWh: number): Promise<void> => {
    const doc = await charge(id)
    if (doc.state === 'expected') return
    if (doc.state === 'active') await sample(id, at, { wh: energyWh, state: 'charging' })
    await tell(await setState(doc, 'ended'), 'COMPLETED')
  }

  const bySession = async (sessionId: SessionId) =>
    (await store.find<ChargeDoc>('ocpi_charges', { sessionId }, { limit: 1 })).items[0]

  const onState = async (view: SessionView): Promise<void> => {
    const doc = await bySession(view.id)
    if (doc === undefined || view.startedAt === undefined) return
    await started(doc._id, new Date(view.startedAt))
    if (view.endedAt !== undefined) await ended(doc._id, new Date(view.endedAt), view.energyWh)
  }

  return {
    /** A foreign token was let in for a session of ours; from here on its eMSP follows it. The same again changes nothing. */
    expect: async (wanted: Omit<Charge, 'id'> & { sessionId?: SessionId; id?: string }): Promise<string> => {
      // Session.id has at most 36 characters; half of ours tells sessions apart well enough.
      const id = wanted.id ?? wanted.sessionId?.slice(2, 34)
      if (id === undefined) throw new WerenodeError('invalid-input', 'A charge needs an id or a session')
      if ((await store.get('ocpi_charges', id)) !== undefined) return id
      const doc: ChargeDoc = { ...wanted, id, _id: id, state: 'expected' }
      await store.write([{ op: 'insert', in: 'ocpi_charges', doc }])
      return id
    },
    started,
    meter,
    ended,
    /** mod_cdrs, credit: takes a CDR back as a whole. Answers the credit's id. */
    credit: async (cdrId: string): Promise<string> => {
      const doc = await objects.get(OWN, 'cdrs', plainId(us, cdrId))
      if (doc === undefined) throw new WerenodeError('not-found', `No CDR ${cdrId} of ours is known`)
      const credit = creditOf(doc.object, clock())
      const { country_code, party_id } = doc.object.cdr_token
      await objects.putOwn('cdrs', credit, { forParty: { country_code, party_id } })
      return credit.id
    },
    start: async (): Promise<void> => {
      unsubscribe = await bus.consume(
        { group: 'ocpi-charges', types: ['session.state', 'session.meter'] },
        async (event) => {
          if (event.type === 'session.state') return onState((event as EventEnvelope<'session.state'>).data.view)
          const { data } = event as EventEnvelope<'session.meter'>
          const doc = await bySession(data.sessionId)
          if (doc === undefined) return
          const state = data.suspended === 'EV' ? 'parking' : data.suspended === 'EVSE' ? 'suspended' : 'charging'
          await meter(doc._id, new Date(data.meterAt), data.energyWh, state)
        },
      )
    },
    stop: async (): Promise<void> => unsubscribe?.(),
  }
}
export type Charges = ReturnType<typeof createCharges>
