import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core'
import { Cars } from '../../archive/cars.ts'
import { History } from '../../archive/history.ts'
import { isCounted } from '../../charges/charge.ts'
import { type Bar, Bars } from '../../charts/bars.ts'
import { carbonAssumptions, carbonOf } from '../../insights/carbon.ts'
import { findingsOf } from '../../insights/findings.ts'
import { byHour, byMonth, byWeekday, type Group, groupsOf, withRest } from '../../insights/groups.ts'
import { idleFeesOf } from '../../insights/idle-fees.ts'
import { compareWithPast } from '../../insights/past.ts'
import { type SpanName, spanOf, within } from '../../insights/span.ts'
import { pricePerKWhMicro, totalsOf } from '../../insights/totals.ts'
import { otherHours, otherPlugs } from '../../insights/what-if.ts'
import { Icon } from '../../look/icon.ts'
import { showTitle } from '../../look/title.ts'
import { Words } from '../../words/words.ts'
import { roundEnergy, sayFinding } from './say-finding.ts'

const mostPlaces = 8

/** What the charges of a span come to, and how one could do better. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Bars, Icon],
  template: `
    <header class="page-head">
      <h1>{{ t()('member.nav.insights') }}</h1>
      <label class="field">
        <span>{{ t()('member.span') }}</span>
        <select name="span" (change)="choose($event)">
          @for (span of spans(); track span.name) {
            <option [value]="span.name" [selected]="span.name === name()">{{ span.said }}</option>
          }
        </select>
      </label>
    </header>
    @if (!history.complete() && history.syncing()) {
      <p class="note" role="status"><wn-icon name="clock" />{{ t()('member.sessions.reading', { count: history.charges().length }) }}</p>
    }
    @if (totals().count === 0) {
      <div class="empty"><wn-icon name="chart" /><p>{{ t()('member.insights.none') }}</p></div>
    } @else {
      <section class="card summary" data-summary>
        <h2>{{ t()('member.insights.summary') }}</h2>
        <ul>
          @for (sentence of sentences(); track $index) {
            <li>{{ sentence }}</li>
          }
        </ul>
      </section>
      <div class="figures figures--page">
        <p><span>{{ t()('member.cost') }}</span><strong data-total="cost" [attr.data-value]="totals().costMicro.toString()">{{ said().cost }}</strong><small>{{ said().costChange }}</small></p>
        <p><span>{{ t()('member.energy') }}</span><strong data-total="energy" [attr.data-value]="totals().energyWh">{{ said().energy }}</strong><small>{{ said().energyChange }}</small></p>
        <p><span>{{ t()('member.perKWh') }}</span><strong>{{ said().perKWh }}</strong><small>{{ said().priceChange }}</small></p>
        <p><span>{{ t()('member.charges') }}</span><strong data-total="count" [attr.data-value]="totals().count">{{ said().count }}</strong></p>
        <p><span>{{ t()('member.insights.idle') }}</span><strong data-total="idle" [attr.data-value]="idle().costMicro.toString()">{{ said().idle }}</strong><small>{{ said().idleTime }}</small></p>
        <p><span>{{ t()('member.insights.carbon') }}</span><strong data-total="carbon">{{ said().carbon }}</strong><small>{{ said().saved }}</small></p>
      </div>
      <p class="muted">{{ said().compared }} {{ said().assumed }}</p>
      <div class="columns">
        <wn-bars class="card" name="cost-by-month" [title]="t()('member.insights.costByMonth')" [what]="t()('member.month')" [unit]="t()('member.cost')" [bars]="costByMonth()" />
        <wn-bars class="card" name="energy-by-month" [title]="t()('member.insights.energyByMonth')" [what]="t()('member.month')" [unit]="t()('member.energy')" [bars]="energyByMonth()" />
        <wn-bars class="card" name="price-by-month" [title]="t()('member.insights.priceByMonth')" [what]="t()('member.month')" [unit]="t()('member.perKWh')" [bars]="priceByMonth()" />
        <wn-bars class="card" name="carbon-by-month" [title]="t()('member.insights.carbonByMonth')" [what]="t()('member.month')" unit="kg CO₂" [bars]="carbonByMonth()" />
        <wn-bars class="card" name="cost-by-place" [lying]="true" [title]="t()('member.insights.places')" [what]="t()('member.place')" [unit]="t()('member.cost')" [bars]="places()" />
        <wn-bars class="card" name="cost-by-operator" [lying]="true" [title]="t()('member.insights.operators')" [what]="t()('filter.operator')" [unit]="t()('member.cost')" [bars]="operators()" />
        <wn-bars class="card" name="count-by-hour" [title]="t()('member.insights.hours')" [what]="t()('member.hour')" [unit]="t()('member.charges')" [bars]="hours()" />
        <wn-bars class="card" name="count-by-weekday" [title]="t()('member.insights.weekdays')" [what]="t()('member.weekday')" [unit]="t()('member.charges')" [bars]="weekdays()" />
        @if (cars.vehicles().length > 0) {
          <wn-bars class="card" name="energy-by-vehicle" [lying]="true" [title]="t()('member.insights.vehicles')" [what]="t()('member.vehicle')" [unit]="t()('member.energy')" [bars]="vehicles()" />
        }
        @if (otherHours().count > 0) {
          <section class="card">
            <wn-bars name="other-hours" [title]="t()('member.insights.otherHours')" [what]="t()('member.hour')" [unit]="t()('member.cost')" [bars]="otherHourBars()" />
            <p class="muted">{{ t()(otherHours().matters ? 'member.insights.otherHoursHow' : 'member.insights.hoursEqual', { count: otherHours().count, actual: money(otherHours().actualMicro) }) }}</p>
          </section>
        }
        @if (otherPlugs().plugs.length > 1) {
          <section class="card">
            <wn-bars name="other-plugs" [lying]="true" [title]="t()('member.insights.otherPlugs')" [what]="t()('member.place')" [unit]="t()('member.cost')" [bars]="otherPlugBars()" />
            <p class="muted">{{ t()('member.insights.otherPlugsHow', { count: otherPlugs().count, actual: money(otherPlugs().actualMicro) }) }}</p>
          </section>
        }
      </div>
    }
  `,
})
export class InsightsPage {
  protected readonly words = inject(Words)
  protected readonly t = this.words.t
  protected readonly history = inject(History)
  protected readonly cars = inject(Cars)
  protected readonly name = signal<SpanName>('months12')
  readonly #today = new Date().toLocaleDateString('sv-SE')
  readonly #counted = computed(() => this.history.charges().filter(isCounted))
  readonly #span = computed(() => spanOf(this.name(), this.#today))
  readonly #charges = computed(() => within(this.#counted(), this.#span()))

  protected readonly spans = computed(() => {
    const months = [...new Set(this.#counted().map(({ local }) => local.day.slice(0, 7)))].sort().reverse()
    const years = [...new Set(months.map((month) => month.slice(0, 4)))]
    return [
      { name: 'months12' as SpanName, said: this.t()('member.span.months12') },
      { name: 'all' as SpanName, said: this.t()('member.span.all') },
      ...years.map((year) => ({ name: year as SpanName, said: year })),
      ...months.map((month) => ({ name: month as SpanName, said: this.#monthName(month) })),
    ]
  })

  protected readonly totals = computed(() => totalsOf(this.#charges()))
  readonly #byPlace = computed(() => groupsOf(this.#charges(), ({ place }) => place))
  readonly #comparison = computed(() => compareWithPast(this.#counted(), this.#span(), this.#today))
  protected readonly idle = computed(() => idleFeesOf(this.#charges(), this.history.tariffs()))
  protected readonly otherHours = computed(() => otherHours(this.#charges(), this.history.tariffs()))
  protected readonly otherPlugs = computed(() => otherPlugs(this.#charges(), this.history.tariffs(), this.#counted()))

  protected readonly sentences = computed(() =>
    findingsOf({
      totals: this.totals(),
      places: this.#byPlace(),
      comparison: this.#comparison(),
      idle: this.idle(),
      hours: this.otherHours(),
      plugs: this.otherPlugs(),
    }).map((finding) => sayFinding(finding, this.t(), this.words.format())),
  )

  protected readonly said = computed(() => {
    const format = this.words.format()
    const totals = this.totals()
    const idle = this.idle()
    const carbon = carbonOf(totals.energyWh)
    const compared = this.#comparison()
    const price = pricePerKWhMicro(totals)
    const change = (percent: number | undefined): string =>
      percent === undefined ? '' : format.percent(percent.toFixed(1), { sign: 'always', maxDecimals: 1 })
    const kg = (value: number): string => `${format.number(value.toFixed(0))}\u00a0kg`
    return {
      cost: format.money(totals.costMicro),
      energy: roundEnergy(totals.energyWh, format),
      perKWh: price === undefined ? '–' : this.#price(price),
      count: format.number(totals.count),
      idle: format.money(idle.costMicro),
      idleTime: format.duration(idle.seconds),
      carbon: kg(carbon.kg),
      saved: this.t()('member.insights.saved', { kg: kg(carbon.savedKg) }),
      costChange: change(compared.costPercent),
      energyChange: change(compared.energyPercent),
      priceChange: change(compared.pricePercent),
      compared:
        compared.before.count === 0
          ? ''
          : this.t()('member.insights.compared', {
              from: format.date(`${compared.spanBefore.from}T12:00:00Z`),
              to: format.date(`${compared.spanBefore.to}T12:00:00Z`),
            }),
      assumed: this.t()('member.insights.assumed', {
        grid: format.number(carbonAssumptions.gridGramsPerKWh),
        use: format.number(carbonAssumptions.carWhPerKm / 10),
        petrol: format.number(carbonAssumptions.petrolGramsPerKm),
      }),
    }
  })

  readonly #months = computed(() => byMonth(this.#charges()))
  protected readonly costByMonth = computed(() =>
    this.#monthBars((group) => [Number(group.costMicro), this.money(group.costMicro)]),
  )
  protected readonly energyByMonth = computed(() =>
    this.#monthBars((group) => [group.energyWh, this.#energy(group.energyWh)]),
  )
  protected readonly priceByMonth = computed(() =>
    this.#monthBars((group) => {
      const price = pricePerKWhMicro(group)
      return price === undefined ? [0, '–'] : [Number(price), this.#price(price)]
    }),
  )
  protected readonly carbonByMonth = computed(() =>
    this.#monthBars(({ energyWh }) => {
      const { kg } = carbonOf(energyWh)
      return [kg, this.words.format().number(kg.toFixed(1))]
    }),
  )
  protected readonly places = computed(() => this.#costBars(withRest(this.#byPlace(), mostPlaces)))
  protected readonly operators = computed(() =>
    this.#costBars(
      withRest(
        groupsOf(this.#charges(), ({ operator }) => operator),
        mostPlaces,
      ),
    ),
  )
  protected readonly vehicles = computed(() =>
    groupsOf(this.#charges(), (charge) => this.cars.of(charge)).map(
      ({ key, energyWh }): Bar => ({
        key,
        label: '',
        name: this.cars.nameOf(key) ?? key,
        value: energyWh,
        said: this.#energy(energyWh),
      }),
    ),
  )
  protected readonly hours = computed(() =>
    byHour(this.#charges()).map(
      ({ key, count }): Bar => this.#hourBar(Number(key), count, this.words.format().number(count)),
    ),
  )
  protected readonly weekdays = computed(() =>
    byWeekday(this.#charges()).map(({ key, count }): Bar => {
      const name = this.#weekday(Number(key))
      return { key, label: name.slice(0, 3), name, value: count, said: this.words.format().number(count) }
    }),
  )
  protected readonly otherHourBars = computed(() =>
    this.otherHours().hours.map(
      ({ hour, costMicro }): Bar => ({
        ...this.#hourBar(hour, Number(costMicro), this.money(costMicro)),
        strong: hour === this.otherHours().cheapest?.hour,
      }),
    ),
  )
  protected readonly otherPlugBars = computed(() =>
    this.otherPlugs().plugs.map(
      ({ tariffHash, place, maxPowerW, costMicro }): Bar => ({
        key: `${tariffHash} ${maxPowerW}`,
        label: '',
        name: `${place}, ${this.words.format().power(maxPowerW)}`,
        value: Number(costMicro),
        said: this.money(costMicro),
      }),
    ),
  )

  constructor() {
    showTitle(() => this.t()('member.nav.insights'))
  }

  protected choose(event: Event): void {
    this.name.set((event.target as HTMLSelectElement).value as SpanName)
  }

  protected money(micro: bigint): string {
    return this.words.format().money(micro)
  }

  #energy(energyWh: number): string {
    return roundEnergy(energyWh, this.words.format())
  }

  /** A derived price is told to a tenth of a cent. */
  #price(micro: bigint): string {
    return this.words.format().unitPrice(((micro + 500n) / 1000n) * 1000n, { per: 'kWh' })
  }

  #monthBars(figure: (group: Group) => readonly [value: number, said: string]): readonly Bar[] {
    return this.#months().map((group): Bar => {
      const [value, said] = figure(group)
      return {
        key: group.key,
        label: this.#monthName(group.key, 'narrow'),
        name: this.#monthName(group.key),
        value,
        said,
      }
    })
  }

  #costBars(groups: readonly Group[]): readonly Bar[] {
    return groups.map(
      ({ key, costMicro }): Bar => ({
        key,
        label: '',
        name: key === 'rest' ? this.t()('member.insights.rest') : key,
        value: Number(costMicro),
        said: this.money(costMicro),
        muted: key === 'rest',
      }),
    )
  }

  #hourBar(hour: number, value: number, said: string): Bar {
    const two = String(hour).padStart(2, '0')
    return { key: String(hour), label: hour % 3 === 0 ? two : '', name: `${two}:00`, value, said }
  }

  #monthName(month: string, style: 'long' | 'narrow' = 'long'): string {
    const at = new Date(`${month}-15T12:00:00Z`)
    const locale = this.words.locale()
    return style === 'narrow'
      ? at.toLocaleDateString(locale, { month: 'narrow', timeZone: 'UTC' })
      : at.toLocaleDateString(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  }

  #weekday(day: number): string {
    // 5 January 2026 is a Monday.
    return new Date(Date.UTC(2026, 0, 5 + day, 12)).toLocaleDateString(this.words.locale(), {
      weekday: 'long',
      timeZone: 'UTC',
    })
  }
}
