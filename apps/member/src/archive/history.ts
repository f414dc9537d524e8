import { computed, effect, Injectable, inject, signal, untracked } from '@angular/core'
import { LoginState } from '../app/login.ts'
import { WerenodeNode } from '../app/node.ts'
import { type Charge, chargeOf, isLive } from '../charges/charge.ts'
import type { Session } from '../charges/session.ts'
import { type Database, openDatabase } from './database.ts'
import { followHistory, unfinishedOf } from './follow-history.ts'

/** Asks for what is new this often while the app is looked at. */
const againMs = 20_000
/** Pages come quicker than a screen can follow: it is told at most this often. */
const tellMs = 250

/** Every charge of the signed-in member, kept on this device and followed from there. */
@Injectable({ providedIn: 'root' })
export class History {
  readonly #node = inject(WerenodeNode)
  readonly #login = inject(LoginState)
  readonly #byId = new Map<string, Charge>()
  readonly #charges = signal<readonly Charge[]>([])
  readonly #tariffs = signal<ReadonlyMap<string, unknown>>(new Map())
  readonly #syncing = signal(false)
  readonly #complete = signal(false)
  readonly #opened = signal(false)
  readonly #error = signal<unknown>(undefined)
  readonly #asOf = signal<Date | undefined>(undefined)
  #database: Database | undefined
  #stop = new AbortController()
  #telling: ReturnType<typeof setTimeout> | undefined

  /** Newest first. */
  readonly charges = this.#charges.asReadonly()
  readonly live = computed(() => this.#charges().filter(isLive))
  readonly tariffs = this.#tariffs.asReadonly()
  /** What this device kept has been read. */
  readonly opened = this.#opened.asReadonly()
  readonly syncing = this.#syncing.asReadonly()
  /** Everything back to the first charge is here. */
  readonly complete = this.#complete.asReadonly()
  readonly error = this.#error.asReadonly()
  /** When the node was last asked successfully; undefined: not yet today. */
  readonly asOf = this.#asOf.asReadonly()

  constructor() {
    effect(() => {
      const accountId = this.#login.accountId()
      untracked(() => void this.#open(accountId))
    })
    const again = (): void => {
      if (document.visibilityState === 'visible') void this.refresh()
    }
    addEventListener('online', again)
    document.addEventListener('visibilitychange', again)
    setInterval(again, againMs)
  }

  charge(id: string): Charge | undefined {
    return this.#byId.get(id)
  }

  /** Takes a session that was seen in full elsewhere. */
  async saw(session: Session): Promise<void> {
    await this.#keep([chargeOf(session)], new Map([[session.terms.tariffHash, session.tariff as unknown]]))
  }

  /** What is kept under a name for reading without a network. */
  async noted<T>(key: string): Promise<T | undefined> {
    return this.#database?.get<T>(key)
  }

  async note(key: string, value: unknown): Promise<void> {
    await this.#database?.set(key, value)
  }

  async refresh(): Promise<void> {
    const database = this.#database
    if (this.#syncing() || database === undefined || this.#login.address() === undefined) return
    this.#syncing.set(true)
    const { signal: stopped } = this.#stop
    try {
      await followHistory(
        this.#node.api,
        {
          charge: (id) => this.#byId.get(id),
          unfinished: () => unfinishedOf(this.#byId.values()),
          bookmark: () => database.get<string>('bookmark'),
          setBookmark: (bookmark) => database.set('bookmark', bookmark),
          keep: (charges, tariffs) => this.#keep(charges, tariffs),
        },
        stopped,
      )
      if (stopped.aborted) return
      this.#error.set(undefined)
      this.#complete.set((await database.get<string>('bookmark')) === 'done')
      const now = new Date()
      this.#asOf.set(now)
      await database.set('asOf', now)
    } catch (error) {
      if (!stopped.aborted) this.#error.set(error)
    } finally {
      this.#syncing.set(false)
      this.#tell()
    }
  }

  async #open(accountId: string | undefined): Promise<void> {
    this.#stop.abort()
    this.#stop = new AbortController()
    this.#database?.close()
    this.#database = undefined
    this.#byId.clear()
    this.#charges.set([])
    this.#tariffs.set(new Map())
    this.#opened.set(false)
    if (accountId === undefined) return
    try {
      const database = await openDatabase(accountId)
      for (const charge of await database.charges()) this.#byId.set(charge.id, charge)
      this.#tariffs.set(await database.tariffs())
      this.#asOf.set(await database.get<Date>('asOf'))
      this.#complete.set((await database.get<string>('bookmark')) === 'done')
      this.#database = database
      this.#tell()
    } catch (error) {
      this.#error.set(error)
    }
    this.#opened.set(true)
    await this.refresh()
  }

  async #keep(charges: readonly Charge[], tariffs: ReadonlyMap<string, unknown>): Promise<void> {
    const fresh = new Map([...tariffs].filter(([hash]) => !this.#tariffs().has(hash)))
    await this.#database?.keep(charges, fresh)
    for (const charge of charges) this.#byId.set(charge.id, charge)
    if (fresh.size > 0) this.#tariffs.set(new Map([...this.#tariffs(), ...fresh]))
    this.#telling ??= setTimeout(() => this.#tell(), tellMs)
  }

  #tell(): void {
    clearTimeout(this.#telling)
    this.#telling = undefined
    this.#charges.set(
      [...this.#byId.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0)),
    )
  }
}
