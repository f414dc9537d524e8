import { computed, effect, Injectable, inject, signal, untracked } from '@angular/core'
import type { Schemas } from '@werenode/sdk'
import { LoginState } from '../app/login.ts'
import { WerenodeNode } from '../app/node.ts'
import type { Charge } from '../charges/charge.ts'
import { History } from './history.ts'

export type Vehicle = Schemas['Vehicle']

/**
 * The member's vehicles, and which of them took a charge. A session does not say whose car it was: it is taken for the usual one, until the
 * member says otherwise, which the node keeps for all their devices, and this one for times without a network.
 */
@Injectable({ providedIn: 'root' })
export class Cars {
  readonly #node = inject(WerenodeNode)
  readonly #history = inject(History)
  readonly #login = inject(LoginState)
  readonly #vehicles = signal<readonly Vehicle[]>([])
  readonly #chosen = signal<Readonly<Record<string, string>>>({})
  readonly #error = signal<unknown>(undefined)
  readonly #unkept = signal<unknown>(undefined)

  readonly vehicles = this.#vehicles.asReadonly()
  readonly error = this.#error.asReadonly()
  /** Why the last choice was not kept. */
  readonly unkept = this.#unkept.asReadonly()
  readonly #usual = computed(() => (this.#vehicles().find(({ usual }) => usual) ?? this.#vehicles()[0])?.id)

  constructor() {
    effect(() => {
      const accountId = this.#login.accountId()
      const opened = this.#history.opened()
      untracked(() => {
        this.#vehicles.set([])
        if (accountId !== undefined && opened) void this.load()
      })
    })
  }

  /** Reads them again; what was kept stands meanwhile, and without a network. */
  async load(): Promise<void> {
    this.#chosen.set((await this.#history.noted<Record<string, string>>('vehicle-of')) ?? {})
    if (this.#vehicles().length === 0) this.#vehicles.set((await this.#history.noted<Vehicle[]>('vehicles')) ?? [])
    try {
      const { items } = await this.#node.api.listVehicles()
      this.#vehicles.set(items)
      await this.#history.note('vehicles', items)
      await this.#keep(await this.#choices())
      this.#error.set(undefined)
    } catch (error) {
      this.#error.set(error)
    }
  }

  /** Id of the vehicle that took this charge, as far as is known. */
  of(charge: Pick<Charge, 'id'>): string | undefined {
    const chosen = this.#chosen()[charge.id]
    return chosen !== undefined && this.#vehicles().some(({ id }) => id === chosen) ? chosen : this.#usual()
  }

  nameOf(id: string | undefined): string | undefined {
    return this.#vehicles().find((vehicle) => vehicle.id === id)?.name
  }

  /** Shown at once; taken back, with the reason in `unkept`, when the node could not keep it. */
  async choose(chargeId: string, vehicleId: string): Promise<void> {
    const before = this.#chosen()
    await this.#keep({ ...before, [chargeId]: vehicleId })
    try {
      await this.#node.api.putVehicleChoice({ params: { sessionId: chargeId }, body: { vehicleId } })
      this.#unkept.set(undefined)
    } catch (error) {
      await this.#keep(before)
      this.#unkept.set(error)
    }
  }

  async #keep(chosen: Readonly<Record<string, string>>): Promise<void> {
    this.#chosen.set(chosen)
    await this.#history.note('vehicle-of', chosen)
  }

  async #choices(): Promise<Readonly<Record<string, string>>> {
    const all: Record<string, string> = {}
    for (let cursor: string | undefined; ; ) {
      const { items, next } = await this.#node.api.listVehicleChoices({
        query: { limit: '1000', ...(cursor === undefined ? {} : { cursor }) },
      })
      for (const { sessionId, vehicleId } of items) all[sessionId] = vehicleId
      if (next === undefined) return all
      cursor = next
    }
  }
}
