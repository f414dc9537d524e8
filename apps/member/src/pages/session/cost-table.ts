import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core'
import { describeTariff, parseTariff } from '@werenode/core'
import { tariffWords } from '@werenode/design/tariff'
import type { Point } from '../../charges/curve.ts'
import { breakdownOf, partsOf } from '../../charges/price-lines.ts'
import type { Session } from '../../charges/session.ts'
import { Icon } from '../../look/icon.ts'
import { Words } from '../../words/words.ts'

/** What the cost is made of, and the charging periods, recomputed on this device from the tariff. */
@Component({
  selector: 'wn-cost-table',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `
    <h2>{{ t()('member.session.costs') }}</h2>
    @if (breakdown(); as breakdown) {
      <table class="costs">
        <tbody>
          @for (part of parts(); track part.key) {
            <tr><th scope="row">{{ t()(part.key) }}</th><td class="figure">{{ part.said }}</td></tr>
          }
        </tbody>
        <tfoot>
          <tr><th scope="row">{{ t()('price.total') }} <small>{{ t()('price.vatIncluded') }}</small></th><td class="figure" data-figure="recomputed">{{ said().total }}</td></tr>
          @if (said().vat) {
            <tr><th scope="row">{{ t()('price.vatOf', { amount: '' }) }}</th><td class="figure">{{ said().vat }}</td></tr>
          }
        </tfoot>
      </table>
      @if (breakdown.agrees) {
        <p class="note note--good"><wn-icon name="checkCircle" />{{ t()(breakdown.from === 'readings' ? 'member.session.agrees' : 'member.session.agreesReceipt') }}</p>
      } @else {
        <p class="note"><wn-icon name="info" />{{ t()('member.session.differs', { computed: said().total, billed: said().billed }) }}</p>
      }
      @if (breakdown.limited) {
        <p class="muted">{{ t()('member.session.limited') }}</p>
      }
      <details class="chart__table">
        <summary>{{ t()('member.session.periods') }}</summary>
        <div class="scroll" tabindex="0" role="region" [attr.aria-label]="t()('member.session.periods')">
          <table>
            <thead>
              <tr>
                <th scope="col">{{ t()('member.time') }}</th>
                <th scope="col">{{ t()('member.session.what') }}</th>
                <th scope="col" class="figure">{{ t()('member.energy') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (period of periods(); track $index) {
                <tr><th scope="row">{{ period.when }}</th><td>{{ t()(period.what) }}</td><td class="figure">{{ period.energy }}</td></tr>
              }
            </tbody>
          </table>
        </div>
      </details>
    } @else {
      <p class="muted">{{ t()('member.session.noCosts') }}</p>
    }
    @if (tariff().length > 0) {
      <h3>{{ t()('member.session.tariff') }}</h3>
      <ul class="plain">
        @for (line of tariff(); track $index) {
          <li>{{ line }}</li>
        }
      </ul>
    }
  `,
})
export class CostTable {
  readonly session = input.required<Session>()
  readonly points = input.required<readonly Point[]>()
  readonly #words = inject(Words)
  protected readonly t = this.#words.t
  protected readonly breakdown = computed(() => breakdownOf(this.session(), this.points()))
  protected readonly parts = computed(() => {
    const format = this.#words.format()
    const breakdown = this.breakdown()
    return breakdown
      ? partsOf(breakdown.price).map(({ key, cost }) => ({
          key,
          said: format.money(cost.inclVatMicro, { precision: 'exact' }),
        }))
      : []
  })
  protected readonly said = computed(() => {
    const format = this.#words.format()
    const breakdown = this.breakdown()
    const vat = breakdown ? breakdown.price.totalInclVatMicro - breakdown.price.totalExclVatMicro : 0n
    return {
      total: format.money(breakdown?.totalMicro ?? 0n, { precision: 'exact' }),
      billed: format.money(breakdown?.billedMicro ?? 0n, { precision: 'exact' }),
      vat: vat > 0n ? format.money(vat, { precision: 'exact' }) : undefined,
    }
  })
  protected readonly periods = computed(() => {
    const format = this.#words.formatAt(this.session().timeZone)
    return (this.breakdown()?.price.periods ?? []).map(({ startAt, endAt, energyWh, state }) => ({
      when: format.period(startAt, endAt),
      what:
        state === 'charging'
          ? ('member.period.charging' as const)
          : state === 'parking'
            ? ('member.period.parking' as const)
            : state === 'reserved'
              ? ('price.reservation' as const)
              : ('member.period.suspended' as const),
      energy: format.energy(energyWh),
    }))
  })
  protected readonly tariff = computed(() => {
    try {
      const tariff = parseTariff(this.session().tariff)
      const locale = this.#words.locale()
      return tariffWords(describeTariff(tariff), { locale, currency: tariff.currency }).map(({ text }) => text)
    } catch {
      // A tariff this app cannot read is not described; the cost above says so.
      return []
    }
  })
}
