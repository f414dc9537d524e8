import { type SessionView, terminalStates } from '@werenode/core'
import type { SessionEvent, Werenode } from '@werenode/sdk'

/** A charge as this device follows it. */
export interface LiveCharge {
  readonly view: SessionView
  /** When the node last told something of it, ms. */
  readonly toldAt: number
  /** The last word came from the node itself, not from what was kept. */
  readonly live: boolean
  /** Found running when the app came back. */
  readonly recovered: boolean
  readonly warning?: string
  /** Power as it was told, for the line: newest last. */
  readonly powers: readonly { readonly at: number; readonly powerW: number }[]
  readonly stopWaits: boolean
  /** Why this device did not co-sign. */
  readonly notCosigned?: string
}

export interface ChargesState {
  readonly charges: ReadonlyMap<string, LiveCharge>
  readonly online: boolean
}

/** What the person should be told beside the screen. */
export type Told =
  | { readonly kind: 'started'; readonly view: SessionView }
  | { readonly kind: 'progress'; readonly view: SessionView }
  | { readonly kind: 'warning'; readonly view: SessionView; readonly code: string }
  /** No more power flows; what was paid is not known yet. */
  | { readonly kind: 'ended'; readonly view: SessionView }
  | { readonly kind: 'over'; readonly view: SessionView }

export interface Charges {
  state(): ChargesState
  subscribe(listener: () => void): () => void
  /** Follows one from now on. */
  follow(view: SessionView): void
  /** Finds what runs: what was kept on the device first, then what the node says. */
  resume(): Promise<void>
  stop(sessionId: string): Promise<void>
  topUp(sessionId: string, newMaxMicro: bigint): Promise<void>
  /** The device's network came or went. */
  network(online: boolean): void
  close(): void
}

interface TextStore {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

const key = 'werenode:charges'
const mostPowers = 240
/** In the order a charge walks through them; the ways out come last. */
const stages: readonly SessionView['state'][] = [
  'opening',
  'funded',
  'starting',
  'charging',
  'stopping',
  'ended',
  'settling',
  'disputed',
  'cancelling',
  'settled',
  'rejected',
  'cancelled',
  'reclaimed',
]
/** A receipt is co-signed by this device alone, in these states. */
const cosignable: ReadonlySet<string> = new Set(['ended', 'settling'])

/**
 * Every charge of this driver that runs, followed at the same time: kept on the device, so that they are on the screen again at once after
 * the app was killed, and corrected by what the node says as soon as it can be reached. Receipts are co-signed behind.
 */
export const createCharges = (deps: {
  readonly werenode: () => Werenode
  readonly text: TextStore
  readonly tell?: (told: Told) => void
  readonly clock?: () => number
}): Charges => {
  const { werenode, text, tell = () => undefined, clock = Date.now } = deps
  const listeners = new Set<() => void>()
  const following = new Map<string, AbortController>()
  let state: ChargesState = { charges: readKept(text, clock()), online: true }

  const set = (charges: ReadonlyMap<string, LiveCharge>): void => {
    state = { ...state, charges }
    try {
      const running = [...charges.values()].filter(({ view }) => !terminalStates.has(view.state))
      text.setItem(key, JSON.stringify(running.map(({ view, toldAt }) => ({ view, toldAt }))))
    } catch {
      // Full or forbidden: the node still knows them.
    }
    for (const listener of listeners) listener()
  }
  const change = (id: string, part: Partial<LiveCharge>): void => {
    const before = state.charges.get(id)
    if (before) set(new Map(state.charges).set(id, { ...before, ...part }))
  }

  const put = (view: SessionView, recovered: boolean): void => {
    const before = state.charges.get(view.id)
    set(
      new Map(state.charges).set(view.id, {
        powers: [],
        stopWaits: false,
        ...before,
        recovered: before?.recovered ?? recovered,
        view,
        toldAt: clock(),
        live: true,
      }),
    )
    const passed = before && passage(before.view.state, view.state)
    if (passed) tell({ kind: passed, view })
  }

  const unwarn = (id: string): void => {
    const { warning: _gone, ...rest } = state.charges.get(id) ?? {}
    if ('view' in rest) set(new Map(state.charges).set(id, rest as LiveCharge))
  }

  const cosign = async (view: SessionView): Promise<void> => {
    if (view.cosigned || !cosignable.has(view.state) || view.receipt === undefined || view.paidMicro !== undefined)
      return
    try {
      const { outcome } = await werenode().offline.cosign(view.id)
      if (outcome && !outcome.cosigned) change(view.id, { notCosigned: outcome.why })
      else if (outcome?.cosigned) put(outcome.session, false)
    } catch (error) {
      // The operator settles alone; the window to dispute stays open.
      change(view.id, { notCosigned: error instanceof Error ? error.message : String(error) })
    }
  }

  const take = (id: string, event: SessionEvent): void => {
    const before = state.charges.get(id)
    if (event.type === 'session.view') put(event.data, false)
    else if (event.type === 'session.state' || event.type === 'session.receipt') {
      // The stream tells the whole charge again; what is over does not come back.
      if (before && stages.indexOf(event.data.view.state) < stages.indexOf(before.view.state)) return
      put(event.data.view, false)
    } else if (!before) return
    else if (event.type === 'session.warning') {
      change(id, { warning: event.data.code, toldAt: clock(), live: true })
      tell({ kind: 'warning', view: before.view, code: event.data.code })
      return
    } else if (event.type === 'session.meter') {
      const { sessionId: _same, meterAt, ...told } = event.data
      // A reading on its way while the limit was raised still names the lower one; limits only rise.
      const limitMicro =
        BigInt(told.limitMicro) > BigInt(before.view.limitMicro) ? told.limitMicro : before.view.limitMicro
      const figures = { ...told, limitMicro }
      const at = Date.parse(meterAt)
      const isOld = figures.energyWh < before.view.energyWh || before.view.state !== 'charging'
      const powers =
        figures.powerW === null || at <= (before.powers.at(-1)?.at ?? 0)
          ? before.powers
          : [...before.powers, { at, powerW: figures.powerW }].slice(-mostPowers)
      change(
        id,
        isOld
          ? { powers }
          : { view: { ...before.view, ...figures } as SessionView, powers, toldAt: clock(), live: true },
      )
      if (isOld) return
    }
    const now = state.charges.get(id)
    if (!now) return
    // What began just now was told as such.
    if (now.view.state === 'charging' && before?.view.state === 'charging') tell({ kind: 'progress', view: now.view })
    void cosign(now.view)
  }

  const run = async (id: string): Promise<void> => {
    if (following.has(id)) return
    const mine = new AbortController()
    following.set(id, mine)
    try {
      for await (const event of werenode().live(id, { signal: mine.signal, fromStart: true })) take(id, event)
    } catch {
      // The node refused or is away for long: the charge stays as it was last told, until `resume`.
      if (!mine.signal.aborted) change(id, { live: false })
    } finally {
      if (following.get(id) === mine) following.delete(id)
    }
  }

  const charges: Charges = {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    follow(view) {
      put(view, false)
      if (!terminalStates.has(view.state)) void run(view.id)
    },
    async resume() {
      const kept = [...state.charges.values()].filter(({ view }) => !terminalStates.has(view.state))
      for (const { view } of kept) void run(view.id)
      const { items } = await werenode().sessions({ limit: 50 })
      for (const view of items) {
        const known = state.charges.has(view.id)
        if (terminalStates.has(view.state)) {
          if (known) put(view, false)
          continue
        }
        put(view, !following.has(view.id) || state.charges.get(view.id)?.recovered === true)
        void run(view.id)
      }
    },
    async stop(sessionId) {
      const { sent, session } = await werenode().offline.stop(sessionId)
      if (!sent) change(sessionId, { stopWaits: true })
      else if (session) put(session, false)
    },
    async topUp(sessionId, newMaxMicro) {
      const view = await werenode().topUp(sessionId, newMaxMicro)
      put(view, false)
      unwarn(sessionId)
    },
    network(online) {
      if (online === state.online) return
      state = { ...state, online }
      for (const listener of listeners) listener()
      if (!online) return
      const back = async (): Promise<void> => {
        await werenode().offline.flush()
        for (const [id, charge] of state.charges) if (charge.stopWaits) change(id, { stopWaits: false })
        // Streams that hang on the lost network are let go; each begins anew where it was.
        for (const [id, mine] of [...following]) {
          mine.abort()
          following.delete(id)
        }
        await charges.resume()
      }
      back().catch(() => undefined)
    },
    close() {
      for (const mine of following.values()) mine.abort()
      listeners.clear()
    },
  }
  return charges
}

/** What a step from one state to the next means to the driver. */
const passage = (from: SessionView['state'], to: SessionView['state']): 'started' | 'ended' | 'over' | undefined => {
  if (from === to || terminalStates.has(from)) return undefined
  if (terminalStates.has(to)) return 'over'
  const [before, now, end] = [stages.indexOf(from), stages.indexOf(to), stages.indexOf('ended')]
  if (to === 'charging' && before < now) return 'started'
  return before < end && (to === 'ended' || to === 'settling') ? 'ended' : undefined
}

const readKept = (text: TextStore, now: number): ReadonlyMap<string, LiveCharge> => {
  try {
    const kept = JSON.parse(text.getItem(key) ?? '[]') as readonly { view: SessionView; toldAt: number }[]
    return new Map(
      kept.map(({ view, toldAt }) => [
        view.id,
        { view, toldAt: toldAt ?? now, live: false, recovered: true, powers: [], stopWaits: false },
      ]),
    )
  } catch {
    return new Map()
  }
}

/** When the limit will be reached at the power of now; undefined when it cannot be said. Prices by time are not counted. */
export const estimatedEnd = (view: SessionView, now: number): number | undefined => {
  const { costMicro, limitMicro, energyWh, powerW } = view
  if (view.state !== 'charging' || !powerW || energyWh < 100) return undefined
  const cost = Number(costMicro)
  if (cost <= 0) return undefined
  const leftWh = ((Number(limitMicro) - cost) / cost) * energyWh
  const end = now + (leftWh / powerW) * 3_600_000
  return end - now > 24 * 3_600_000 ? undefined : end
}
