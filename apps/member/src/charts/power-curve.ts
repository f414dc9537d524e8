import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core'
import type { Point } from '../charges/curve.ts'
import { Words } from '../words/words.ts'

const width = 1000
const height = 260
/** Rows of the table behind: more readings are thinned out. */
const mostRows = 40

/** Power over time of one charge, with the table of its readings behind it. */
@Component({
  selector: 'wn-power-curve',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <figure class="chart" data-chart="power">
      <figcaption class="chart__head">
        <h3>{{ t()('member.session.curve') }}</h3>
        <p class="chart__note">{{ note() }}</p>
      </figcaption>
      @if (drawn(); as drawn) {
        <div class="curve" aria-hidden="true">
          <div class="bars__scale"><span>{{ drawn.most }}</span><span>0</span></div>
          <svg class="curve__plot" viewBox="0 0 1000 260" preserveAspectRatio="none">
            <path class="curve__area" [attr.d]="drawn.area" />
            <path class="curve__line" [attr.d]="drawn.line" fill="none" vector-effect="non-scaling-stroke" />
          </svg>
          <div class="curve__times"><span>{{ drawn.from }}</span><span>{{ drawn.to }}</span></div>
        </div>
        <details class="chart__table">
          <summary>{{ t()('member.chart.table') }}</summary>
          <div class="scroll" tabindex="0" role="region" [attr.aria-label]="t()('member.session.curve')">
            <table>
              <thead>
                <tr>
                  <th scope="col">{{ t()('member.time') }}</th>
                  <th scope="col" class="figure">{{ t()('member.power') }}</th>
                  <th scope="col" class="figure">{{ t()('member.energy') }}</th>
                  <th scope="col" class="figure">{{ t()('member.cost') }}</th>
                </tr>
              </thead>
              <tbody>
                @for (row of rows(); track row.at) {
                  <tr>
                    <th scope="row">{{ row.time }}</th>
                    <td class="figure">{{ row.power }}</td>
                    <td class="figure">{{ row.energy }}</td>
                    <td class="figure">{{ row.cost }}</td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        </details>
      } @else {
        <p class="muted">{{ t()('member.session.noCurve') }}</p>
      }
    </figure>
  `,
})
export class PowerCurve {
  readonly points = input.required<readonly Point[]>()
  readonly timeZone = input.required<string>()
  readonly #words = inject(Words)
  protected readonly t = this.#words.t
  readonly #format = computed(() => this.#words.formatAt(this.timeZone()))

  protected readonly note = computed(() => {
    const last = this.points().at(-1)
    return last === undefined ? '' : this.#format().power(last.powerW)
  })

  protected readonly drawn = computed(() => {
    const points = this.points()
    const first = points[0]
    const last = points.at(-1)
    if (!first || !last || points.length < 2) return undefined
    const peak = Math.max(1, ...points.map(({ powerW }) => powerW))
    const span = Math.max(1, last.at - first.at)
    const spots = points.map(({ at, powerW }) => {
      const x = ((at - first.at) / span) * width
      const y = height - (powerW / peak) * (height - 10)
      return `${x.toFixed(1)} ${y.toFixed(1)}`
    })
    const line = `M${spots.join('L')}`
    const format = this.#format()
    return {
      line,
      area: `${line}L${width} ${height}L0 ${height}Z`,
      most: format.power(peak),
      from: format.time(new Date(first.at)),
      to: format.time(new Date(last.at)),
    }
  })

  protected readonly rows = computed(() => {
    const points = this.points()
    const each = Math.max(1, Math.ceil(points.length / mostRows))
    const format = this.#format()
    return points
      .filter((_, index) => index % each === 0 || index === points.length - 1)
      .map(({ at, powerW, energyWh, costMicro }) => ({
        at,
        time: format.time(new Date(at), { seconds: true }),
        power: format.power(powerW),
        energy: format.energy(energyWh),
        cost: format.money(costMicro),
      }))
  })
}
