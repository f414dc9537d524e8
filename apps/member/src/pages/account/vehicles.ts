import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core'
import type { Schemas } from '@werenode/sdk'
import { WerenodeNode } from '../../app/node.ts'
import { Cars, type Vehicle } from '../../archive/cars.ts'
import { Icon } from '../../look/icon.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'
import { doing } from './doing.ts'

const standards = ['IEC_62196_T2', 'IEC_62196_T2_COMBO', 'CHADEMO', 'NACS', 'DOMESTIC_E'] as const

/** The member's vehicles: what they are called, what they take. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, TroubleNote],
  template: `
    <section class="card">
      <h2>{{ t()('member.account.vehicles') }}</h2>
      <wn-trouble [error]="cars.error() ?? work.error()" [canRetry]="true" (again)="cars.load()" />
      <ul class="things">
        @for (vehicle of cars.vehicles(); track vehicle.id) {
          <li>
            <wn-icon name="car" />
            <div>
              <strong>{{ vehicle.name }}</strong>
              <small>{{ about(vehicle) }}</small>
            </div>
            @if (vehicle.usual) {
              <span class="chip chip--good"><wn-icon name="check" />{{ t()('member.vehicle.usual') }}</span>
            }
            <button type="button" class="button button--quiet" (click)="edited.set(vehicle)">{{ t()('action.edit') }}</button>
            <button type="button" class="button button--quiet" [disabled]="work.busy()" (click)="remove(vehicle)">{{ t()('action.remove') }}</button>
          </li>
        } @empty {
          <li class="muted">{{ t()('table.empty') }}</li>
        }
      </ul>
    </section>
    <section class="card">
      <h2>{{ t()(edited() ? 'action.edit' : 'member.vehicle.add') }}</h2>
      <form (submit)="save($event)">
        <div class="fields">
          <label class="field"><span>{{ t()('member.vehicle.name') }}</span><input name="name" required maxlength="60" [value]="edited()?.name ?? ''" /></label>
          <label class="field"><span>{{ t()('member.vehicle.plate') }}</span><input name="plate" maxlength="15" autocomplete="off" [value]="edited()?.plate ?? ''" /></label>
          <label class="field"><span>{{ t()('member.vehicle.battery') }}</span><input name="battery" type="number" min="1" max="1000" step="0.1" [value]="kilo(edited()?.batteryWh)" /></label>
          <label class="field"><span>{{ t()('member.vehicle.ac') }}</span><input name="ac" type="number" min="1" max="100" step="0.1" [value]="kilo(edited()?.maxAcW)" /></label>
          <label class="field"><span>{{ t()('member.vehicle.dc') }}</span><input name="dc" type="number" min="1" max="1000" step="0.1" [value]="kilo(edited()?.maxDcW)" /></label>
          <fieldset class="field">
            <legend>{{ t()('filter.connector') }}</legend>
            @for (standard of standards; track standard) {
              <label class="tick"><input type="checkbox" name="standards" [value]="standard" [checked]="has(standard)" />{{ connector(standard) }}</label>
            }
          </fieldset>
        </div>
        <label class="tick"><input type="checkbox" name="usual" [checked]="edited()?.usual ?? cars.vehicles().length === 0" />{{ t()('member.vehicle.usual') }}</label>
        <div class="line">
          <button type="submit" class="button" [disabled]="work.busy()">{{ t()('action.save') }}</button>
          @if (edited()) {
            <button type="button" class="button button--quiet" (click)="edited.set(undefined)">{{ t()('action.cancel') }}</button>
          }
        </div>
      </form>
    </section>
  `,
})
export class Vehicles {
  readonly #words = inject(Words)
  protected readonly t = this.#words.t
  protected readonly cars = inject(Cars)
  readonly #node = inject(WerenodeNode)
  protected readonly work = doing()
  protected readonly standards = standards
  protected readonly edited = signal<Vehicle | undefined>(undefined)

  protected connector(standard: (typeof standards)[number]): string {
    return this.t()(`connector.${standard}`)
  }

  protected has(standard: (typeof standards)[number]): boolean {
    return this.edited()?.standards.includes(standard) ?? standard === 'IEC_62196_T2'
  }

  protected kilo(value: number | undefined): string {
    return value === undefined ? '' : String(value / 1000)
  }

  protected about({ plate, batteryWh, maxAcW, maxDcW }: Vehicle): string {
    const format = this.#words.format()
    return [
      plate,
      batteryWh === undefined ? undefined : format.energy(batteryWh, { unit: 'kWh' }),
      maxAcW === undefined ? undefined : `AC ${format.power(maxAcW)}`,
      maxDcW === undefined ? undefined : `DC ${format.power(maxDcW)}`,
    ]
      .filter((part) => part !== undefined)
      .join(' · ')
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault()
    const element = event.target as HTMLFormElement
    const form = new FormData(element)
    const whole = (name: string): number | undefined => {
      const value = Number(form.get(name))
      return value > 0 ? Math.round(value * 1000) : undefined
    }
    const plate = String(form.get('plate') ?? '').trim()
    const [batteryWh, maxAcW, maxDcW] = [whole('battery'), whole('ac'), whole('dc')]
    const body = {
      name: String(form.get('name')).trim(),
      standards: form.getAll('standards') as Schemas['ConnectorStandard'][],
      usual: form.get('usual') !== null,
      ...(plate === '' ? {} : { plate }),
      ...(batteryWh === undefined ? {} : { batteryWh }),
      ...(maxAcW === undefined ? {} : { maxAcW }),
      ...(maxDcW === undefined ? {} : { maxDcW }),
    }
    const edited = this.edited()
    await this.work.run(async () => {
      if (edited) await this.#node.api.putVehicle({ params: { vehicleId: edited.id }, body })
      else await this.#node.api.addVehicle({ body })
      this.edited.set(undefined)
      element.reset()
      await this.cars.load()
    })
  }

  protected async remove({ id }: Vehicle): Promise<void> {
    if (!confirm(`${this.t()('ask.sure')} ${this.t()('ask.noUndo')}`)) return
    await this.work.run(async () => {
      await this.#node.api.removeVehicle({ params: { vehicleId: id } })
      await this.cars.load()
    })
  }
}
