import { ChangeDetectionStrategy, Component, inject } from '@angular/core'
import { WerenodeNode } from '../../app/node.ts'
import { Readings } from '../../archive/reading.ts'
import { Icon } from '../../look/icon.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'
import { doing } from './doing.ts'

/** Member cards (RFID) that start a charge at the plug. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, TroubleNote],
  template: `
    <section class="card">
      <h2>{{ t()('member.account.cards') }}</h2>
      <p class="muted">{{ t()('member.cards.why') }}</p>
      <wn-trouble [error]="cards.error() ?? work.error()" [canRetry]="true" (again)="cards.load()" />
      <ul class="things">
        @for (card of cards.value()?.items ?? []; track card.id) {
          <li>
            <wn-icon name="rfid" />
            <div><strong>{{ card.label }}</strong><small>…{{ card.lastSigns }} · {{ words.format().date(card.createdAt) }}</small></div>
            <button type="button" class="button button--quiet" [disabled]="work.busy()" (click)="remove(card.id)">{{ t()('action.remove') }}</button>
          </li>
        } @empty {
          <li class="muted">{{ t()('table.empty') }}</li>
        }
      </ul>
      <form class="line" (submit)="add($event)">
        <label class="field"><span>{{ t()('member.cards.uid') }}</span><input name="uid" required pattern="[0-9A-Fa-f: ]{8,30}" autocomplete="off" /></label>
        <label class="field"><span>{{ t()('member.cards.label') }}</span><input name="label" required maxlength="60" /></label>
        <button type="submit" class="button" [disabled]="work.busy()">{{ t()('action.add') }}</button>
      </form>
    </section>
  `,
})
export class Cards {
  protected readonly words = inject(Words)
  protected readonly t = this.words.t
  readonly #node = inject(WerenodeNode)
  protected readonly cards = inject(Readings).of('cards', () => this.#node.api.listCards())
  protected readonly work = doing()

  protected async add(event: Event): Promise<void> {
    event.preventDefault()
    const element = event.target as HTMLFormElement
    const form = new FormData(element)
    const uid = String(form.get('uid')).replaceAll(/[: ]/g, '').toUpperCase()
    await this.work.run(async () => {
      await this.#node.api.addCard({ body: { uid, label: String(form.get('label')).trim() } })
      element.reset()
      await this.cards.load()
    })
  }

  protected async remove(cardId: string): Promise<void> {
    if (!confirm(this.t()('ask.sure'))) return
    await this.work.run(async () => {
      await this.#node.api.removeCard({ params: { cardId } })
      await this.cards.load()
    })
  }
}
