import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core'
import { sessionStates } from '@werenode/core'
import { Cars } from '../../archive/cars.ts'
import type { Charge } from '../../charges/charge.ts'
import { isNarrowed, openSieve, type Sieve } from '../../charges/sieve.ts'
import { Icon } from '../../look/icon.ts'
import { Words } from '../../words/words.ts'

/** What the history is narrowed by: a line of text always, the rest when asked for. */
@Component({
  selector: 'wn-filters',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `
    <form class="filters" role="search" (submit)="$event.preventDefault()">
      <label class="field field--wide">
        <span>{{ t()('member.filter.text') }}</span>
        <input type="search" name="text" autocomplete="off" [value]="sieve().text" (input)="put('text', $event)" />
      </label>
      <button type="button" class="button button--quiet" [attr.aria-expanded]="open()" (click)="open.set(!open())">
        <wn-icon name="filter" />{{ t()('action.filter') }}
      </button>
      @if (narrowed()) {
        <button type="button" class="button button--quiet" (click)="sieveChange.emit(nothing)">{{ t()('filter.clear') }}</button>
      }
      @if (open()) {
        <div class="filters__more">
          <label class="field"><span>{{ t()('member.filter.from') }}</span><input type="date" name="from" [value]="sieve().from" (change)="put('from', $event)" /></label>
          <label class="field"><span>{{ t()('member.filter.to') }}</span><input type="date" name="to" [value]="sieve().to" (change)="put('to', $event)" /></label>
          <label class="field">
            <span>{{ t()('member.place') }}</span>
            <select name="place" (change)="put('place', $event)">
              <option value="">{{ t()('member.filter.all') }}</option>
              @for (place of places(); track place) {
                <option [value]="place" [selected]="place === sieve().place">{{ place }}</option>
              }
            </select>
          </label>
          <label class="field">
            <span>{{ t()('filter.operator') }}</span>
            <select name="operator" (change)="put('operator', $event)">
              <option value="">{{ t()('member.filter.all') }}</option>
              @for (operator of operators(); track operator) {
                <option [value]="operator" [selected]="operator === sieve().operator">{{ operator }}</option>
              }
            </select>
          </label>
          <label class="field">
            <span>{{ t()('member.vehicle') }}</span>
            <select name="vehicle" (change)="put('vehicle', $event)">
              <option value="">{{ t()('member.filter.all') }}</option>
              @for (vehicle of cars.vehicles(); track vehicle.id) {
                <option [value]="vehicle.id" [selected]="vehicle.id === sieve().vehicle">{{ vehicle.name }}</option>
              }
            </select>
          </label>
          <label class="field">
            <span>{{ t()('member.status') }}</span>
            <select name="state" (change)="put('state', $event)">
              <option value="">{{ t()('member.filter.all') }}</option>
              @for (state of states(); track state) {
                <option [value]="state" [selected]="state === sieve().state">{{ stateWord(state) }}</option>
              }
            </select>
          </label>
          <label class="field"><span>{{ t()('member.filter.least') }}</span><input inputmode="decimal" name="least" autocomplete="off" [value]="sieve().least" (input)="put('least', $event)" /></label>
          <label class="field"><span>{{ t()('member.filter.most') }}</span><input inputmode="decimal" name="most" autocomplete="off" [value]="sieve().most" (input)="put('most', $event)" /></label>
        </div>
      }
    </form>
  `,
})
export class Filters {
  readonly sieve = input.required<Sieve>()
  readonly charges = input.required<readonly Charge[]>()
  readonly sieveChange = output<Sieve>()
  protected readonly cars = inject(Cars)
  protected readonly t = inject(Words).t
  protected readonly open = signal(false)
  protected readonly nothing = openSieve
  protected readonly narrowed = computed(() => isNarrowed(this.sieve()))
  protected readonly places = computed(() => distinct(this.charges().map(({ place }) => place)))
  protected readonly operators = computed(() => distinct(this.charges().map(({ operator }) => operator)))
  protected readonly states = computed(() => {
    const met = new Set(this.charges().map(({ state }) => state))
    return sessionStates.filter((state) => met.has(state))
  })

  protected stateWord(state: Charge['state']): string {
    return this.t()(`session.state.${state}`)
  }

  protected put(name: keyof Sieve, event: Event): void {
    this.sieveChange.emit({ ...this.sieve(), [name]: (event.target as HTMLInputElement | HTMLSelectElement).value })
  }
}

const distinct = (values: readonly string[]): readonly string[] =>
  [...new Set(values)].sort((a, b) => a.localeCompare(b))
