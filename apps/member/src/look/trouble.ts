import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core'
import { Words } from '../words/words.ts'
import { Icon } from './icon.ts'

/** What went wrong, in words, and what to do; nothing while nothing did. */
@Component({
  selector: 'wn-trouble',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `
    @if (said(); as said) {
      <div class="trouble" role="alert">
        <wn-icon name="warning" />
        <div>
          <strong>{{ said.what }}</strong>
          @if (said.todo) {
            <p>{{ said.todo }}</p>
          }
        </div>
        @if (canRetry()) {
          <button type="button" class="button button--quiet" (click)="again.emit()">{{ t()('action.retry') }}</button>
        }
      </div>
    }
  `,
})
export class TroubleNote {
  readonly error = input<unknown>()
  readonly canRetry = input(false)
  readonly again = output()
  readonly #words = inject(Words)
  protected readonly t = this.#words.t
  protected readonly said = computed(() => {
    const error = this.error()
    return error === undefined ? undefined : this.#words.problem(error)
  })
}
