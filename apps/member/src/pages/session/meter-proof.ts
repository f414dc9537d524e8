import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked } from '@angular/core'
import type { Schemas } from '@werenode/sdk'
import { WerenodeNode } from '../../app/node.ts'
import { History } from '../../archive/history.ts'
import type { Session } from '../../charges/session.ts'
import { Icon } from '../../look/icon.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'

type Receipt = Schemas['PublicReceipt']

/** What the meter signed and whether each link of the proof holds. */
@Component({
  selector: 'wn-meter-proof',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, TroubleNote],
  template: `
    <h2>{{ t()('member.session.proof') }}</h2>
    @if (!session().receipt) {
      <p class="muted">{{ t()('member.session.noReceipt') }}</p>
    } @else if (receipt(); as receipt) {
      <p class="note" [class.note--good]="receipt.holds === 'holds'" [class.note--bad]="receipt.holds === 'broken'">
        <wn-icon [name]="signs[receipt.holds]" />{{ t()(verdicts[receipt.holds]) }}
      </p>
      @if (meter(); as meter) {
        <dl class="facts">
          <dt>{{ t()('receipt.meterStart') }}</dt><dd>{{ meter.start }}</dd>
          <dt>{{ t()('receipt.meterEnd') }}</dt><dd>{{ meter.end }}</dd>
        </dl>
      }
      <ul class="checks">
        @for (check of receipt.checks; track $index) {
          <li [attr.data-verdict]="check.verdict">
            <wn-icon [name]="signs[check.verdict]" [label]="t()(verdictWords[check.verdict])" />
            <span>{{ t()(checkWord(check.name)) }}@if (check.detail) {<small>{{ check.detail }}</small>}</span>
          </li>
        }
      </ul>
      <p><a [href]="receipt.page">{{ t()('receipt.verify') }}<wn-icon name="externalLink" /></a></p>
    } @else if (error()) {
      <wn-trouble [error]="error()" />
    } @else {
      <p role="status" class="muted">{{ t()('progress.loading') }}</p>
    }
  `,
})
export class MeterProof {
  readonly session = input.required<Session>()
  readonly #words = inject(Words)
  readonly #node = inject(WerenodeNode)
  readonly #history = inject(History)
  protected readonly t = this.#words.t
  protected readonly receipt = signal<Receipt | undefined>(undefined)
  protected readonly error = signal<unknown>(undefined)
  protected readonly signs = { holds: 'checkCircle', broken: 'closeCircle', open: 'clock' } as const
  protected readonly verdicts = {
    holds: 'member.proof.holds',
    broken: 'member.proof.broken',
    open: 'member.proof.open',
  } as const
  protected readonly verdictWords = {
    holds: 'member.verdict.holds',
    broken: 'member.verdict.broken',
    open: 'member.verdict.open',
  } as const
  readonly #asked = computed(() =>
    this.session().receipt ? `${this.session().id} ${this.session().state}` : undefined,
  )

  constructor() {
    effect(() => {
      if (this.#asked() !== undefined) untracked(() => void this.#load(this.session().id))
    })
  }

  protected readonly meter = computed(() => {
    const evidence = this.receipt()?.evidence
    if (!evidence) return undefined
    const format = this.#words.formatAt(this.session().timeZone)
    const say = ({ wh, time }: { wh: string; time: number }): string =>
      `${format.energy(wh, { unit: 'kWh', precision: 'exact' })}, ${format.dateTime(new Date(time * 1000), { seconds: true })}`
    return { start: say(evidence.start.record), end: say(evidence.end.record) }
  })

  protected checkWord(name: Receipt['checks'][number]['name']) {
    return `member.check.${name}` as const
  }

  async #load(sessionId: string): Promise<void> {
    const key = `receipt:${sessionId}`
    this.receipt.set(await this.#history.noted<Receipt>(key))
    try {
      const receipt = await this.#node.api.getReceipt({ params: { sessionId } })
      this.receipt.set(receipt)
      this.error.set(undefined)
      await this.#history.note(key, receipt)
    } catch (error) {
      this.error.set(error)
    }
  }
}
