import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import { Cars } from '../../archive/cars.ts'
import { followLive } from '../../archive/live-session.ts'
import { operatorOf } from '../../charges/charge.ts'
import { PowerCurve } from '../../charts/power-curve.ts'
import { pricePerKWhMicro } from '../../insights/totals.ts'
import { Icon } from '../../look/icon.ts'
import { StateChip } from '../../look/state-chip.ts'
import { showTitle } from '../../look/title.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'
import { ChainProof } from './chain-proof.ts'
import { CostTable } from './cost-table.ts'
import { Dispute } from './dispute.ts'
import { MeterProof } from './meter-proof.ts'
import { Papers } from './papers.ts'

/** One charge with everything that backs its price. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ChainProof, CostTable, Dispute, Icon, MeterProof, Papers, PowerCurve, RouterLink, StateChip, TroubleNote],
  template: `
    <p class="back"><a routerLink="/sessions"><wn-icon name="arrowLeft" />{{ t()('nav.sessions') }}</a></p>
    <wn-trouble [error]="live.error()" />
    @if (live.stale()) {
      <p class="note"><wn-icon name="offline" />{{ t()('member.kept') }}</p>
    }
    @if (live.session(); as session) {
      <header class="page-head" [attr.data-session]="session.id" [attr.data-state]="session.state">
        <div>
          <h1>{{ session.locationName }}</h1>
          <p class="muted">{{ said().when }} · {{ session.evseId }} · {{ t()('connector.number', { number: session.connector }) }}</p>
        </div>
        <wn-state [state]="session.state" />
      </header>
      <p>{{ t()(explain()) }}</p>
      <div class="figures figures--page">
        <p><span>{{ t()('member.cost') }}</span><strong data-figure="cost">{{ said().cost }}</strong></p>
        <p><span>{{ t()('member.energy') }}</span><strong data-figure="energy">{{ said().energy }}</strong></p>
        <p><span>{{ t()('member.perKWh') }}</span><strong>{{ said().perKWh }}</strong></p>
        <p><span>{{ t()('receipt.duration') }}</span><strong>{{ said().duration }}</strong></p>
      </div>
      <div class="columns columns--free">
        <section class="card"><wn-power-curve [points]="live.points()" [timeZone]="session.timeZone" /></section>
        <wn-cost-table class="card" [session]="session" [points]="live.points()" />
        <wn-papers class="card" [session]="session" />
        <section class="card">
          <h2>{{ t()('member.session.facts') }}</h2>
          <dl class="facts">
            <dt>{{ t()('member.session.door') }}</dt><dd>{{ t()(door()) }}</dd>
            @if (stopWord(); as word) {
              <dt>{{ t()('member.session.end') }}</dt><dd>{{ t()(word) }}</dd>
            }
            <dt>{{ t()('filter.operator') }}</dt><dd>{{ operator() }}</dd>
            <dt>{{ t()('price.chargingTime') }}</dt><dd>{{ said().charging }}</dd>
            <dt>{{ t()('price.idleTime') }}</dt><dd>{{ said().idle }}</dd>
            <dt>{{ t()('price.deposit') }}</dt><dd>{{ said().limit }}</dd>
            @if (said().paid) {
              <dt>{{ t()('price.paid') }}</dt><dd>{{ said().paid }}</dd>
              <dt>{{ t()('price.returned') }}</dt><dd>{{ said().returned }}</dd>
            }
            @if (cars.vehicles().length > 0) {
              <dt><label for="vehicle">{{ t()('member.vehicle') }}</label></dt>
              <dd>
                <select id="vehicle" (change)="chooseCar(session.id, $event)">
                  @for (vehicle of cars.vehicles(); track vehicle.id) {
                    <option [value]="vehicle.id" [selected]="vehicle.id === cars.of(session)">{{ vehicle.name }}</option>
                  }
                </select>
                <wn-trouble [error]="cars.unkept()" />
              </dd>
            }
          </dl>
          @if (session.message) {
            <p class="note"><wn-icon name="info" />{{ session.message }}</p>
          }
        </section>
        <wn-meter-proof class="card" [session]="session" />
        <wn-chain-proof class="card" [session]="session" />
        @if (session.state === 'settling' && session.receipt) {
          <wn-dispute class="card" [session]="session" />
        }
      </div>
    } @else if (!live.error()) {
      <p role="status" class="muted">{{ t()('progress.loading') }}</p>
    }
  `,
})
export class SessionPage {
  readonly id = input.required<string>()
  protected readonly words = inject(Words)
  protected readonly t = this.words.t
  protected readonly cars = inject(Cars)
  protected readonly live = followLive(this.id)
  readonly #session = computed(() => this.live.session())
  protected readonly explain = computed(() => `session.explain.${this.#session()?.state ?? 'settled'}` as const)
  protected readonly door = computed(() => `session.door.${this.#session()?.door ?? 'app'}` as const)
  protected readonly stopWord = computed(() => {
    const reason = this.#session()?.stopReason
    return reason === undefined ? undefined : (`session.stop.${reason}` as const)
  })
  protected readonly operator = computed(() => operatorOf(this.#session()?.evseId ?? ''))

  protected readonly said = computed(() => {
    const session = this.#session()
    const format = this.words.formatAt(session?.timeZone ?? 'UTC')
    const costMicro = BigInt(session?.paidMicro ?? session?.receipt?.amount ?? session?.costMicro ?? 0)
    const energyWh = session?.energyWh ?? 0
    const price = pricePerKWhMicro({ costMicro, energyWh })
    const began = session?.startedAt ?? session?.createdAt
    const duration =
      session?.startedAt && session.endedAt ? (Date.parse(session.endedAt) - Date.parse(session.startedAt)) / 1000 : 0
    return {
      when: began === undefined ? '' : format.dateTime(began, { zone: true }),
      cost: format.money(costMicro),
      energy: format.energy(energyWh, { precision: 'exact' }),
      perKWh: price === undefined ? '–' : format.unitPrice(roundCent(price), { per: 'kWh' }),
      duration: format.duration(Math.round(duration)),
      charging: format.duration(session?.chargingSeconds ?? 0),
      idle: format.duration(session?.idleSeconds ?? 0),
      limit: format.money(session?.limitMicro ?? '0'),
      paid: session?.paidMicro === undefined ? undefined : format.money(session.paidMicro),
      returned: format.money(session?.returnedMicro ?? '0'),
    }
  })

  constructor() {
    showTitle(() => this.#session()?.locationName ?? this.t()('nav.sessions'))
  }

  protected chooseCar(sessionId: string, event: Event): void {
    void this.cars.choose(sessionId, (event.target as HTMLSelectElement).value)
  }
}

/** A derived price per kWh is told to a tenth of a cent. */
const roundCent = (micro: bigint): bigint => ((micro + 500n) / 1000n) * 1000n
