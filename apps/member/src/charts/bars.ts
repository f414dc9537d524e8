import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core'
import { Words } from '../words/words.ts'

export interface Bar {
  readonly key: string
  /** Under the bar; where there are many, every other one may be left out. */
  readonly label: string
  readonly name: string
  readonly value: number
  /** The value in words: what a person reads. */
  readonly said: string
  readonly strong?: boolean
  /** Shown, but no measure for the others. */
  readonly muted?: boolean
}

/**
 * A bar chart, upright or lying, with the table of its figures behind it. Drawn with plain elements: no style comes from anywhere but this
 * origin, text stays text, and the table is what a screen reader is given.
 */
@Component({
  selector: 'wn-bars',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <figure class="chart" [attr.data-chart]="name()">
      <figcaption class="chart__head">
        <h3>{{ title() }}</h3>
        <p class="chart__note" aria-hidden="true">{{ readout() }}</p>
      </figcaption>
      @if (lying()) {
        <div class="lying" aria-hidden="true">
          @for (bar of drawn(); track bar.key) {
            <span class="lying__name">{{ bar.name }}</span>
            <span class="lying__track"><span class="lying__bar" [class.lying__bar--muted]="bar.muted" [style.width.%]="bar.percent"></span></span>
            <span class="lying__value">{{ bar.said }}</span>
          }
        </div>
      } @else {
        <div class="bars" aria-hidden="true" (mouseleave)="over.set(undefined)">
          <div class="bars__scale"><span>{{ most() }}</span><span>0</span></div>
          <div class="bars__plot">
            @for (bar of drawn(); track bar.key) {
              <div class="bars__slot" [class.bars__slot--over]="over() === bar.key" (mouseenter)="over.set(bar.key)" (click)="over.set(bar.key)">
                <div class="bars__bar" [class.bars__bar--strong]="bar.strong" [style.height.%]="bar.percent"></div>
                <span class="bars__label">{{ bar.label }}</span>
              </div>
            }
          </div>
        </div>
      }
      <details class="chart__table">
        <summary>{{ t()('member.chart.table') }}</summary>
        <div class="scroll" tabindex="0" role="region" [attr.aria-label]="title()">
          <table>
            <thead>
              <tr><th scope="col">{{ what() }}</th><th scope="col" class="figure">{{ unit() }}</th></tr>
            </thead>
            <tbody>
              @for (bar of bars(); track bar.key) {
                <tr><th scope="row">{{ bar.name }}</th><td class="figure" [attr.data-key]="bar.key" [attr.data-value]="bar.value">{{ bar.said }}</td></tr>
              }
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  `,
})
export class Bars {
  /** Names the chart to programs. */
  readonly name = input.required<string>()
  readonly title = input.required<string>()
  /** What a bar is: a month, a place. */
  readonly what = input.required<string>()
  readonly unit = input.required<string>()
  readonly bars = input.required<readonly Bar[]>()
  readonly lying = input(false)
  protected readonly t = inject(Words).t
  protected readonly over = signal<string | undefined>(undefined)
  readonly #peak = computed(() =>
    this.bars().reduce((most, { value, muted }) => (muted ? most : Math.max(most, value)), 0),
  )
  protected readonly drawn = computed(() =>
    this.bars().map((bar) => ({
      ...bar,
      percent: this.#peak() > 0 ? Math.min(100, Math.max(0, (bar.value / this.#peak()) * 100)) : 0,
    })),
  )
  protected readonly most = computed(() => this.bars().find(({ value }) => value === this.#peak())?.said ?? '')
  protected readonly readout = computed(() => {
    const bar = this.bars().find(({ key }) => key === this.over())
    return bar ? `${bar.name}: ${bar.said}` : ''
  })
}
