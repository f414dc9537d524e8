import { randomUUID } from 'node:crypto'
import { createWorldClock } from '../clock.ts'
import { createSigningMeter, meterKeyIn } from '../meter-signature.ts'
import { oddGreetings } from '../misbehave/greeting.ts'
import { isMisbehaviour, type Misbehaviour } from '../misbehave/switches.ts'
import { type CarOptions, createCar } from '../physics/car.ts'
import { advance } from '../physics/supply.ts'
import { createConnection } from '../wire/connection.ts'
import { configurationOf } from './configuration.ts'
import { createEvse, type Evse, type LocalTransaction, statusOf } from './evse.ts'
import { habitsOf, type StationOptions } from './options.ts'
import { createTransactionQueue } from './queue.ts'
import type { StationState } from './state-file.ts'
import type { Body, Voice } from './voice.ts'
import { createVoice2 } from './voice2.ts'
import { createVoice16 } from './voice16.ts'

/** A charging station: its plugs and cars, its memory, its line to the server. */
export interface SimStation {
  readonly id: string
  /** Boots and connects. */
  powerOn(): void
  /** The mains fail: everything stops without a word, and what ran is ended when power is back. */
  powerCut(): void
  plugIn(evse: number, car?: CarOptions): void
  plugOut(evse: number): void
  /** A card is held to the reader: starts at a plugged-in car, or ends the charge it began. Resolves with what the server said. */
  card(evse: number, idTag: string): Promise<boolean>
  /** The stop button. */
  stopButton(evse: number): void
  offline(): void
  online(): void
  setHabits(on: readonly string[], off: readonly string[]): void
  /** Sends any CALL. */
  call(action: string, payload: unknown): Promise<unknown>
  raw(text: string): void
  fault(evse: number, on: boolean): void
  /** Lets real time pass. */
  tick(realMs: number): void
  snapshot(): StationState
  describe(): Record<string, unknown>
}

export type Emit = (event: string, data: Record<string, unknown>) => void

/** How long a card or a remote start waits for a car, simulated ms (ConnectionTimeOut). */
const waitForCarMs = 60_000

export const createStation = (
  options: StationOptions,
  { emit, saved, onChange }: { emit: Emit; saved: StationState | undefined; onChange: () => void },
): SimStation => {
  const clock = createWorldClock(options.speed ?? 1)
  const habits = habitsOf(options.misbehave)
  const habit = (name: string): boolean => habits.has(name as Misbehaviour)
  const evses = Array.from({ length: options.evses ?? 1 }, (_, index) => createEvse(index + 1, options))
  const known = new Map<string, LocalTransaction>()
  const configuration = configurationOf(options)
  const meter =
    options.ocmfKey === undefined
      ? undefined
      : createSigningMeter({
          key: meterKeyIn(options.ocmfKey, options.ocmfCurve),
          serial: options.id,
          forges: () => habit('forged-ocmf'),
        })
  let meterIntervalS = options.meterIntervalS ?? 60
  let heartbeatS = 300
  let isPowered = false
  let isAdmitted = false
  let hasBooted = false
  let nextHeartbeatAt = 0

  const connection = createConnection({
    url: `${options.url.replace(/\/?$/, '/')}${encodeURIComponent(options.id)}`,
    subprotocol: `ocpp${options.version}`,
    identity: options.id,
    password: options.password,
    habits,
    callTimeoutMs: options.callTimeoutMs ?? 30_000,
    firstPauseMs: options.reconnectMs ?? 1_000,
    longestPauseMs: options.reconnectMaxMs ?? 30_000,
    onOpen: () => void greet(),
    onClose: (reason) => {
      isAdmitted = false
      emit('disconnected', { reason })
    },
    onCall: async (action, payload) => {
      if (!isAdmitted && habit('ignore-calls-before-boot')) return undefined
      emit('command', { action, payload })
      return voice.onCall(action, payload as Record<string, unknown>)
    },
    onFrame: (direction, text) => emit(direction, { text }),
    onRefused: (status, words) => emit('refused', { status, words }),
  })

  const queue = createTransactionQueue({
    ready: () => isAdmitted && connection.isOpen,
    send: (message) => connection.call(message.action, voice.prepare(message)),
    onAnswer: (message, answer) => {
      voice.answered(message, answer)
      emit('acknowledged', { action: message.action, localId: message.localId })
    },
    onDropped: (message, why) => emit('dropped', { action: message.action, why }),
    onChange,
  })

  const evseNumbered = (id: number): Evse => {
    const evse = evses[id - 1]
    if (!evse) throw new Error(`Station ${options.id} has no EVSE ${id}; it has 1 to ${evses.length}`)
    return evse
  }

  const refresh = (evse: Evse, justEnded = false): void => {
    const before = evse.status
    evse.status = evse.status === 'Faulted' ? 'Faulted' : statusOf(evse, justEnded)
    if (evse.status === before) return
    emit('status', { evse: evse.id, status: evse.status })
    if (isAdmitted) voice.status(evse)
  }

  const begin = (evse: Evse): void => {
    const { pending, car } = evse
    if (!pending || !car || evse.transaction) return
    const transaction: LocalTransaction = {
      localId: randomUUID(),
      evse: evse.id,
      idTag: pending.idTag,
      remoteStartId: pending.remoteStartId,
      startedAt: clock.now(),
      startWh: evse.supply.registerWh,
      number: undefined,
      seqNo: 0,
      nextSampleAt: clock.now() + meterIntervalS * 1000,
      state: 'Charging',
      ended: false,
    }
    evse.pending = undefined
    evse.transaction = transaction
    evse.supply.contactor = 'closed'
    known.set(transaction.localId, transaction)
    emit('transaction', { evse: evse.id, localId: transaction.localId, state: 'began', idTag: transaction.idTag })
    const text = body.signed('B', evse, transaction)
    if (text !== undefined) transaction.signedBegin = { at: body.isoNow(), text }
    voice.began(transaction, evse)
    refresh(evse)
    onChange()
  }

  const end = (evse: Evse, reason: string): void => {
    const { transaction } = evse
    if (!transaction) return
    evse.supply.contactor = 'open'
    evse.supply.powerW = 0
    transaction.ended = true
    evse.transaction = undefined
    emit('transaction', {
      evse: evse.id,
      localId: transaction.localId,
      ...(transaction.number === undefined ? {} : { transactionId: String(transaction.number) }),
      state: 'ended',
      reason,
      energyWh: Math.round(evse.supply.registerWh - transaction.startWh),
      registerWh: Math.round(evse.supply.registerWh),
    })
    voice.ended(transaction, evse, reason)
    refresh(evse, true)
    if (options.auto && evse.car) clock.after(15_000, () => leave(evse))
    forgetOld()
    onChange()
  }

  /** Ended transactions are kept while messages of theirs wait. */
  const forgetOld = (): void => {
    for (const [localId, transaction] of known)
      if (transaction.ended && known.size > 50 && !queue.waiting.some((message) => message.localId === localId))
        known.delete(localId)
  }

  const leave = (evse: Evse): void => {
    if (!evse.car) return
    if (evse.transaction) end(evse, 'EVDisconnected')
    evse.car = undefined
    refresh(evse)
    emit('car', { evse: evse.id, plugged: false })
  }

  const arrive = (evse: Evse, car: CarOptions | undefined): void => {
    evse.car = createCar({ ...options.car, ...car })
    evse.status = evse.status === 'Finishing' ? 'Preparing' : evse.status
    emit('car', { evse: evse.id, plugged: true, socPercent: evse.car.socPercent })
    refresh(evse)
    begin(evse)
  }

  const greet = async (): Promise<void> => {
    emit('connected', {})
    try {
      const mustBoot = !hasBooted || habit('boot-every-connect')
      if (mustBoot && !habit('stale-status-first')) {
        const { accepted, intervalS, currentTime } = await voice.boot(hasBooted ? 'Unknown' : 'PowerUp')
        if (!accepted) return void clock.after(intervalS * 1000, () => connection.isOpen && void greet())
        if (habit('cannot-read-fractions') && /\.\d/.test(currentTime)) {
          emit('trouble', { why: `cannot read the time ${currentTime}` })
          return void clock.after(5_000, () => connection.isOpen && void greet())
        }
        hasBooted = true
        heartbeatS = Math.max(1, intervalS)
        setClock(currentTime)
      }
      isAdmitted = true
      nextHeartbeatAt = clock.now() + heartbeatS * 1000
      emit('admitted', {})
      for (const [action, payload] of oddGreetings(habits, { isOld: options.version === '1.6', isoNow: body.isoNow() }))
        connection.call(action, payload).catch(() => undefined)
      if (habit('reboot-loop')) clock.after(5_000, reboot)
      voice.reconnected()
      if (!habit('stale-status-first')) for (const evse of evses) voice.status(evse)
      if (habit('out-of-order')) queue.reverse()
      await queue.drain()
    } catch (error) {
      emit('trouble', { why: (error as Error).message })
    }
  }

  const reboot = (): void => {
    station.powerCut()
    clock.after(1_000, () => station.powerOn())
  }

  const setClock = (currentTime: string): void => {
    const time = Date.parse(currentTime)
    if (!Number.isNaN(time) && !evses.some((evse) => evse.transaction)) clock.set(time)
  }

  const body: Body = {
    id: options.id,
    evses,
    now: clock.now,
    isoNow: () => new Date(clock.now()).toISOString(),
    call: (action, payload) => connection.call(action, payload),
    enqueue: (action, payload, localId) => queue.push({ action, payload, localId }),
    isOnline: () => connection.isOpen && isAdmitted,
    transaction: (localId) => known.get(localId),
    transactions: () => [...known.values()],
    remoteStart: (id, idTag, remoteStartId) => {
      const evse = id === undefined ? evses.find((candidate) => !candidate.transaction) : evses[id - 1]
      if (!evse || evse.transaction || evse.pending || !evse.available || habit('rejects-start')) return false
      if (evse.status === 'Faulted' || (evse.car === undefined && evse.status === 'Finishing')) return false
      if (evse.reservation && evse.reservation.idTag.toUpperCase() !== idTag.toUpperCase()) return false
      if (id === undefined && habit('needs-connector-id')) return false
      if (habit('hex-id-tags-only') && !/^[0-9a-f]+$/i.test(idTag)) return false
      if (habit('accepts-start-does-nothing')) return true
      evse.reservation = undefined
      const delayMs = habit('late-start') ? 120_000 : 0
      // The answer goes out before the transaction begins.
      clock.after(delayMs, () =>
        setImmediate(() => {
          evse.pending = { idTag, remoteStartId, until: clock.now() + waitForCarMs }
          refresh(evse)
          if (!evse.car && options.auto) clock.after(5_000, () => !evse.car && arrive(evse, undefined))
          begin(evse)
        }),
      )
      return true
    },
    stop: (transaction, reason) => {
      setImmediate(() => {
        const evse = evseNumbered(transaction.evse)
        if (evse.transaction === transaction) end(evse, reason)
      })
    },
    reset: (kind) => {
      clock.after(1_000, () => {
        if (kind === 'soft') for (const evse of evses) end(evse, 'SoftReset')
        station.powerCut()
        clock.after(10_000, () => station.powerOn())
      })
    },
    unlock: (id) => {
      const evse = evses[id - 1]
      if (!evse) return false
      if (evse.transaction) end(evse, 'UnlockCommand')
      leave(evse)
      return true
    },
    setAvailable: (id, operative) => {
      const concerned = id === undefined ? evses : [evseNumbered(id)]
      const busy = concerned.some((evse) => evse.transaction)
      for (const evse of concerned) {
        evse.available = operative
        setImmediate(() => refresh(evse))
      }
      return busy && !operative ? 'Scheduled' : 'Accepted'
    },
    setLimit: (id, limitW) => {
      for (const evse of id === undefined ? evses : [evseNumbered(id)]) evse.supply.limitW = limitW
    },
    reserve: (id, reservation) => {
      const evse = evses[id - 1]
      if (!evse?.available) return 'Unavailable'
      if (evse.status === 'Faulted') return 'Faulted'
      if (evse.transaction || evse.car) return 'Occupied'
      evse.reservation = reservation
      setImmediate(() => refresh(evse))
      return 'Accepted'
    },
    cancelReservation: (id) => {
      const evse = evses.find((candidate) => candidate.reservation?.id === id)
      if (!evse) return false
      evse.reservation = undefined
      setImmediate(() => refresh(evse))
      return true
    },
    later: (ms, deed) =>
      void clock.after(ms, () => deed().catch((error: unknown) => emit('trouble', { why: (error as Error).message }))),
    setMeterIntervalS: (seconds) => {
      if (Number.isFinite(seconds) && seconds > 0) meterIntervalS = seconds
      for (const { transaction } of evses)
        if (transaction) transaction.nextSampleAt = Math.min(transaction.nextSampleAt, clock.now() + seconds * 1000)
    },
    get meterIntervalS() {
      return meterIntervalS
    },
    configuration,
    trigger: (message, id) => {
      const concerned = id === undefined || id === 0 ? evses : [evseNumbered(id)]
      const deeds: Record<string, () => void> = {
        StatusNotification: () => {
          for (const evse of concerned) voice.status(evse)
        },
        Heartbeat: () => void voice.heartbeat().catch(() => undefined),
        BootNotification: () => void voice.boot('Triggered').catch(() => undefined),
        MeterValues: () => {
          for (const evse of concerned) if (evse.transaction) voice.sampled(evse.transaction, evse)
        },
      }
      const deed = Object.hasOwn(deeds, message) ? deeds[message] : undefined
      if (deed) setImmediate(deed)
      return deed !== undefined
    },
    deauthorized: (transaction) => {
      const evse = evseNumbered(transaction.evse)
      if (evse.transaction === transaction) end(evse, 'DeAuthorized')
    },
    signed: (kind, evse, { idTag }) =>
      meter?.sign({ kind, registerWh: evse.supply.registerWh, at: new Date(clock.now()), idTag }),
    meterPublicKey: meter?.publicKey,
    habit,
    emit,
  }
  const voice: Voice = options.version === '1.6' ? createVoice16(body, options) : createVoice2(body, options)

  const sample = (evse: Evse): void => {
    const { transaction, car } = evse
    if (!transaction) return
    const isFull = car !== undefined && car.socPercent >= car.targetSocPercent
    const state = isFull ? 'SuspendedEV' : evse.supply.limitW === 0 ? 'SuspendedEVSE' : 'Charging'
    if (state !== transaction.state) {
      transaction.state = state
      voice.changed(transaction, evse)
      refresh(evse)
    }
    if (clock.now() < transaction.nextSampleAt) return
    transaction.nextSampleAt = clock.now() + meterIntervalS * 1000
    if (habit('register-backwards')) {
      evse.supply.registerWh -= 500
      habits.delete('register-backwards')
    }
    voice.sampled(transaction, evse)
    emit('meter', {
      evse: evse.id,
      powerW: Math.round(evse.supply.powerW),
      registerWh: Math.round(evse.supply.registerWh),
      energyWh: Math.round(evse.supply.registerWh - transaction.startWh),
      ...(car ? { socPercent: Math.round(car.socPercent) } : {}),
    })
  }

  const restore = (state: StationState): void => {
    for (const { id, registerWh } of state.evses) if (evses[id - 1]) evses[id - 1]!.supply.registerWh = registerWh
    for (const transaction of state.transactions) known.set(transaction.localId, { ...transaction })
    queue.restore(state.queue)
  }

  /** What a power cut interrupted is ended now, with the register as the meter kept it. */
  const endInterrupted = (): void => {
    for (const transaction of known.values()) {
      if (transaction.ended) continue
      transaction.ended = true
      const evse = evseNumbered(transaction.evse)
      if (!habit('zombie')) voice.ended(transaction, evse, 'PowerLoss')
      emit('transaction', { evse: evse.id, localId: transaction.localId, state: 'interrupted' })
    }
  }

  const station: SimStation = {
    id: options.id,
    powerOn: () => {
      if (isPowered) return
      isPowered = true
      endInterrupted()
      for (const evse of evses) {
        if (options.plugged && !evse.car) evse.car = createCar(options.car)
        evse.status = statusOf(evse, false)
      }
      connection.open()
    },
    powerCut: () => {
      isPowered = false
      isAdmitted = false
      hasBooted = false
      for (const evse of evses) {
        evse.transaction = undefined
        evse.pending = undefined
        evse.supply.contactor = 'open'
        evse.supply.powerW = 0
      }
      connection.close(true)
      onChange()
    },
    plugIn: (id, car) => arrive(evseNumbered(id), car),
    plugOut: (id) => leave(evseNumbered(id)),
    card: async (id, idTag) => {
      const evse = evseNumbered(id)
      if (evse.transaction) {
        const own = evse.transaction.idTag.toUpperCase() === idTag.toUpperCase()
        if (own) end(evse, 'Local')
        return own
      }
      if (!(await voice.authorize(idTag))) return false
      evse.pending = { idTag, remoteStartId: undefined, until: clock.now() + waitForCarMs }
      refresh(evse)
      begin(evse)
      return true
    },
    stopButton: (id) => end(evseNumbered(id), 'Local'),
    offline: () => connection.close(true),
    online: () => connection.open(),
    setHabits: (on, off) => {
      for (const name of habitsOf(on)) habits.add(name)
      for (const name of off) if (isMisbehaviour(name)) habits.delete(name)
    },
    call: (action, payload) => connection.call(action, payload),
    raw: (text) => connection.raw(text),
    fault: (id, on) => {
      const evse = evseNumbered(id)
      if (on && evse.transaction) end(evse, 'Other')
      evse.status = on ? 'Faulted' : 'Available'
      if (!on) evse.status = statusOf(evse, false)
      emit('status', { evse: id, status: evse.status })
      if (isAdmitted) voice.status(evse)
    },
    tick: (realMs) => {
      if (!isPowered) return
      for (const evse of evses) {
        advance(evse.supply, evse.car, (realMs * clock.speed) / 1000)
        sample(evse)
        if (evse.pending && clock.now() > evse.pending.until) {
          evse.pending = undefined
          refresh(evse)
        }
      }
      if (isAdmitted && connection.isOpen && clock.now() >= nextHeartbeatAt) {
        nextHeartbeatAt = clock.now() + heartbeatS * 1000
        voice.heartbeat().then(setClock, () => undefined)
      }
    },
    snapshot: () => ({
      id: options.id,
      evses: evses.map(({ id, supply }) => ({ id, registerWh: supply.registerWh })),
      transactions: [...known.values()].map((transaction) => ({ ...transaction })),
      queue: queue.waiting.map((message) => ({ ...message })),
    }),
    describe: () => ({
      station: options.id,
      online: connection.isOpen,
      admitted: isAdmitted,
      queued: queue.waiting.length,
      meterIntervalS,
      evses: evses.map((evse) => ({
        evse: evse.id,
        status: evse.status,
        plugged: evse.car !== undefined,
        powerW: Math.round(evse.supply.powerW),
        registerWh: Math.round(evse.supply.registerWh),
        limitW: evse.supply.limitW ?? null,
        socPercent: evse.car ? Math.round(evse.car.socPercent) : null,
        transactionId: evse.transaction?.number?.toString() ?? evse.transaction?.localId ?? null,
      })),
      configuration: Object.fromEntries(configuration),
      ...(meter === undefined ? {} : { meterPublicKey: meter.publicKey }),
    }),
  }

  if (saved) restore(saved)
  return station
}
