import { NgTemplateOutlet } from '@angular/common'
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  contentChild,
  DestroyRef,
  ElementRef,
  inject,
  input,
  signal,
  TemplateRef,
} from '@angular/core'

/** Rows drawn beyond the screen's edges, so that a quick scroll meets no gap. */
const spare = 8

/**
 * A list of any length of which only what is on the screen exists. It scrolls with the page, as people are used to, on a phone too; screen
 * readers are told the place of each row and how many there are.
 */
@Component({
  selector: 'wn-rows',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [NgTemplateOutlet],
  host: {
    role: 'list',
    class: 'rows',
    '[style.height.px]': 'items().length * rowPx()',
    '[attr.aria-label]': 'label()',
  },
  template: `
    @for (row of shown(); track row.index) {
      <div
        role="listitem"
        class="rows__row"
        [style.transform]="'translateY(' + row.index * rowPx() + 'px)'"
        [style.height.px]="rowPx()"
        [attr.aria-posinset]="row.index + 1"
        [attr.aria-setsize]="items().length"
      >
        <ng-container [ngTemplateOutlet]="template()" [ngTemplateOutletContext]="{ $implicit: row.item }" />
      </div>
    }
  `,
})
export class Rows<T> {
  readonly items = input.required<readonly T[]>()
  readonly label = input.required<string>()
  protected readonly template = contentChild.required(TemplateRef)
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement
  readonly #narrow = matchMedia('(max-width: 639px)')
  readonly #isNarrow = signal(this.#narrow.matches)
  /** What of the list is on the screen, in pixels from its top. */
  readonly #seen = signal({ top: 0, height: 900 })
  protected readonly rowPx = computed(() => (this.#isNarrow() ? 88 : 68))

  protected readonly shown = computed(() => {
    const items = this.items()
    const { top, height } = this.#seen()
    const first = Math.max(0, Math.floor(top / this.rowPx()) - spare)
    const last = Math.min(items.length, Math.ceil((top + height) / this.rowPx()) + spare)
    return items.slice(first, last).map((item, offset) => ({ item, index: first + offset }))
  })

  constructor() {
    const look = (): void => {
      this.#seen.set({ top: Math.max(0, -this.#host.getBoundingClientRect().top), height: innerHeight })
    }
    const turn = (): void => this.#isNarrow.set(this.#narrow.matches)
    afterNextRender(look)
    addEventListener('scroll', look, { passive: true })
    addEventListener('resize', look, { passive: true })
    this.#narrow.addEventListener('change', turn)
    inject(DestroyRef).onDestroy(() => {
      removeEventListener('scroll', look)
      removeEventListener('resize', look)
      this.#narrow.removeEventListener('change', turn)
    })
  }
}
