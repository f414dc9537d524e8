import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core'
import { RouterLink } from '@angular/router'
import { LoginState } from '../../app/login.ts'
import { Cars } from '../../archive/cars.ts'
import { History } from '../../archive/history.ts'
import { type Charge, isCounted, isLive } from '../../charges/charge.ts'
import { csvOf } from '../../charges/csv.ts'
import { isNarrowed, openSieve, type Sieve, sift } from '../../charges/sieve.ts'
import { totalsOf } from '../../insights/totals.ts'
import { Icon } from '../../look/icon.ts'
import { Rows } from '../../look/rows.ts'
import { saveFile } from '../../look/save-file.ts'
import { StateChip } from '../../look/state-chip.ts'
import { showTitle } from '../../look/title.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'
import { Filters } from './filters.ts'
import { LiveCharge } from './live-charge.ts'

/** What runs now, and every charge before it. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Filters, Icon, LiveCharge, RouterLink, Rows, StateChip, TroubleNote],
  template: `
    <h1>{{ t()('nav.sessions') }}</h1>
    @for (charge of history.live(); track charge.id) {
      <wn-live-charge [id]="charge.id" />
    }
    <wn-trouble [error]="history.error()" [canRetry]="true" (again)="history.refresh()" />
    @if (login.address() === undefined) {
      <p class="note"><wn-icon name="info" />{{ t()('member.sessions.noWallet') }}</p>
    }
    <wn-filters [sieve]="sieve()" [charges]="history.charges()" (sieveChange)="sieve.set($event)" />
    <div class="sum" aria-live="polite">
      <p data-sum>
        <strong>{{ t()('session.count', { count: found().length }) }}</strong>
        <span>{{ sums().energy }}</span>
        <span>{{ sums().cost }}</span>
      </p>
      <p class="muted">
        @if (history.syncing() && !history.complete()) {
          {{ t()('member.sessions.reading', { count: history.charges().length }) }}
        } @else if (asOf()) {
          {{ t()('progress.stale', { time: asOf()! }) }}
        }
      </p>
      <button type="button" class="button button--quiet" [disabled]="found().length === 0" (click)="save()">
        <wn-icon name="download" />{{ t()('member.sessions.csv') }}
      </button>
    </div>
    @if (found().length > 0) {
      <wn-rows [items]="found()" [label]="t()('nav.sessions')">
        <ng-template let-charge>
          <a class="charge" [class.charge--usual]="charge.state === 'settled'" [routerLink]="['/sessions', charge.id]" [attr.data-charge]="charge.id">
            <span class="charge__place">{{ charge.place }}</span>
            <span class="charge__when">{{ when(charge) }}</span>
            <span class="charge__energy">{{ energy(charge) }}</span>
            <span class="charge__cost">{{ cost(charge) }}</span>
            <wn-state [state]="charge.state" />
          </a>
        </ng-template>
      </wn-rows>
    } @else if (history.opened() && !history.syncing()) {
      <div class="empty">
        <wn-icon name="plug" />
        <p>{{ t()(isNarrowed(sieve()) ? 'member.sessions.noneFound' : 'member.sessions.none') }}</p>
        @if (isNarrowed(sieve())) {
          <button type="button" class="button button--quiet" (click)="sieve.set(openSieve)">{{ t()('filter.clear') }}</button>
        } @else {
          <a class="button" href="/map">{{ t()('nav.map') }}</a>
        }
      </div>
    } @else {
      <p role="status" class="muted">{{ t()('progress.loading') }}</p>
    }
  `,
})
export class Sessions {
  protected readonly words = inject(Words)
  protected readonly t = this.words.t
  protected readonly history = inject(History)
  protected readonly login = inject(LoginState)
  readonly #cars = inject(Cars)
  protected readonly openSieve = openSieve
  protected readonly isNarrowed = isNarrowed
  protected readonly sieve = signal<Sieve>(openSieve)
  protected readonly found = computed(() =>
    sift(this.history.charges(), this.sieve(), (charge) => this.#cars.of(charge)).filter((charge) => !isLive(charge)),
  )
  protected readonly sums = computed(() => {
    const { energyWh, costMicro } = totalsOf(this.found().filter(isCounted))
    const format = this.words.format()
    return { energy: format.energy(energyWh, { unit: 'kWh' }), cost: format.money(costMicro) }
  })
  protected readonly asOf = computed(() => {
    const asOf = this.history.asOf()
    return asOf && this.words.format().dateTime(asOf)
  })

  constructor() {
    showTitle(() => this.t()('nav.sessions'))
  }

  protected when(charge: Charge): string {
    return this.words.formatAt(charge.timeZone).dateTime(charge.startedAt ?? charge.createdAt)
  }

  protected energy(charge: Charge): string {
    return this.words.format().energy(charge.energyWh)
  }

  protected cost(charge: Charge): string {
    return this.words.format().money(charge.costMicro)
  }

  protected save(): void {
    saveFile('werenode-charges.csv', csvOf(this.found()), 'text/csv;charset=utf-8')
  }
}
