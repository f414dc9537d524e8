import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core'
import { parseMoney } from '@werenode/design/format'
import type { Schemas } from '@werenode/sdk'
import { findWallet, sendCall } from '../../app/browser-wallet.ts'
import { WerenodeNode } from '../../app/node.ts'
import type { Session } from '../../charges/session.ts'
import { Icon } from '../../look/icon.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'

/** Saying no to an amount: what one agrees to, why, and the transaction that tells the chain. */
@Component({
  selector: 'wn-dispute',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, TroubleNote],
  template: `
    <h2>{{ t()('dispute.open') }}</h2>
    <p>{{ t()('member.dispute.how') }}</p>
    @if (sent()) {
      <p class="note note--good" role="status"><wn-icon name="checkCircle" />{{ t()('member.dispute.sent') }}</p>
      <code class="break">{{ sent() }}</code>
    } @else if (call(); as call) {
      <p>{{ t()('member.dispute.send') }}</p>
      <div class="stack">
        <button type="button" class="button" [disabled]="busy()" (click)="send(call)"><wn-icon name="wallet" />{{ t()('member.dispute.wallet') }}</button>
      </div>
      <details class="chart__table">
        <summary>{{ t()('member.dispute.byHand') }}</summary>
        <code class="break">{{ call.to }}</code>
        <code class="break">{{ call.data }}</code>
      </details>
    } @else {
      <form (submit)="prepare($event)">
        <label class="field"><span>{{ t()('member.dispute.agree') }}</span><input name="agree" inputmode="decimal" required autocomplete="off" /></label>
        <label class="field field--wide"><span>{{ t()('member.dispute.why') }}</span><textarea name="why" rows="3" maxlength="1000" required></textarea></label>
        @if (unread()) {
          <p class="note note--bad" role="alert"><wn-icon name="warning" />{{ t()('member.dispute.unread', { amount: asked() }) }}</p>
        }
        <button type="submit" class="button button--danger" [disabled]="busy()"><wn-icon name="dispute" />{{ t()('dispute.open') }}</button>
      </form>
    }
    <wn-trouble [error]="error()" />
  `,
})
export class Dispute {
  readonly session = input.required<Session>()
  readonly #words = inject(Words)
  readonly #node = inject(WerenodeNode)
  protected readonly t = this.#words.t
  protected readonly busy = signal(false)
  protected readonly unread = signal(false)
  protected readonly error = signal<unknown>(undefined)
  protected readonly call = signal<Schemas['DisputeCall'] | undefined>(undefined)
  protected readonly sent = signal<string | undefined>(undefined)
  protected readonly asked = computed(() => this.#words.format().money(this.session().receipt?.amount ?? '0'))

  protected async prepare(event: Event): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const agreed = parseMoney(String(form.get('agree') ?? ''), this.#words.locale())
    const reason = String(form.get('why') ?? '').trim()
    const amount = BigInt(this.session().receipt?.amount ?? 0)
    const isLess = agreed !== undefined && agreed >= 0n && agreed < amount && reason !== ''
    this.unread.set(!isLess)
    if (!isLess) return
    await this.#work(async () => {
      this.call.set(
        await this.#node.api.disputeSession({
          params: { sessionId: this.session().id },
          body: { undisputedMicro: String(agreed), reason },
        }),
      )
    })
  }

  protected async send(call: Schemas['DisputeCall']): Promise<void> {
    await this.#work(async () => {
      const wallet = await findWallet()
      this.sent.set(
        await sendCall(wallet, { chainId: call.chainId, from: this.session().driver, to: call.to, data: call.data }),
      )
    })
  }

  async #work(work: () => Promise<void>): Promise<void> {
    this.busy.set(true)
    this.error.set(undefined)
    try {
      await work()
    } catch (error) {
      this.error.set(error)
    } finally {
      this.busy.set(false)
    }
  }
}
