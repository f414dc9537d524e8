import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core'
import { RouterLink } from '@angular/router'
import { LoginState } from '../../app/login.ts'
import { WerenodeNode } from '../../app/node.ts'
import { History } from '../../archive/history.ts'
import { Readings } from '../../archive/reading.ts'
import { type CreditMove, movementsOf } from '../../charges/movements.ts'
import { Icon } from '../../look/icon.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'
import { doing } from './doing.ts'

const step = 50

/** Credit, and what moved it: each line with the transaction that proves it. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, RouterLink, TroubleNote],
  template: `
    <section class="card">
      <h2>{{ t()('wallet.credit') }}</h2>
      @if (login.address()) {
        <wn-trouble [error]="credit.error()" [canRetry]="true" (again)="credit.load()" />
        @if (credit.value(); as value) {
          <div class="figures">
            <p><span>{{ t()('wallet.credit') }}</span><strong data-figure="credit">{{ money(value.creditMicro) }}</strong></p>
            <p><span>{{ t()('wallet.balance') }}</span><strong>{{ money(value.walletMicro) }}</strong></p>
          </div>
          <p class="muted">{{ t()('wallet.address') }} <code class="break">{{ value.address }}</code></p>
          @if (credit.stale()) {
            <p class="muted">{{ t()('member.kept') }}</p>
          }
        }
      } @else {
        <p class="note"><wn-icon name="info" />{{ t()('member.sessions.noWallet') }}</p>
      }
      <form class="line" (submit)="redeem($event)">
        <label class="field"><span>{{ t()('member.voucher') }}</span><input name="code" required autocomplete="off" /></label>
        <button type="submit" class="button button--quiet" [disabled]="work.busy()">{{ t()('member.voucher.redeem') }}</button>
      </form>
      @if (redeemed()) {
        <p class="note note--good" role="status"><wn-icon name="checkCircle" />{{ redeemed() }}</p>
      }
      <wn-trouble [error]="work.error()" />
    </section>
    <section class="card">
      <h2>{{ t()('member.money.movements') }}</h2>
      <p class="muted">{{ t()('member.money.why') }}</p>
      @if (moves().length === 0) {
        <p class="muted">{{ t()('table.empty') }}</p>
      } @else {
        <div class="scroll scroll--whole" tabindex="0" role="region" [attr.aria-label]="t()('member.money.movements')">
          <table>
            <thead>
              <tr>
                <th scope="col">{{ t()('member.time') }}</th>
                <th scope="col">{{ t()('member.money.kind') }}</th>
                <th scope="col">{{ t()('member.place') }}</th>
                <th scope="col" class="figure">{{ t()('member.money.amount') }}</th>
                <th scope="col">{{ t()('member.session.chain') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (move of moves(); track $index) {
                <tr [attr.data-move]="move.kind">
                  <td>{{ words.format().dateTime(move.at) }}</td>
                  <td>{{ t()(kinds[move.kind]) }}</td>
                  <td>
                    @if (move.charge; as charge) {
                      <a [routerLink]="['/sessions', charge.id]">{{ charge.place }}</a>
                    }
                  </td>
                  <td class="figure">{{ signs[move.kind] }}{{ money(move.amountMicro) }}</td>
                  <td><code [title]="move.transaction">{{ words.format().hex(move.transaction) }}</code></td>
                </tr>
              }
            </tbody>
          </table>
        </div>
        @if (moves().length >= shown()) {
          <button type="button" class="button button--quiet" (click)="shown.set(shown() + 50)">{{ t()('table.loadMore') }}</button>
        }
      }
    </section>
  `,
})
export class Money {
  protected readonly words = inject(Words)
  protected readonly t = this.words.t
  protected readonly login = inject(LoginState)
  readonly #node = inject(WerenodeNode)
  readonly #history = inject(History)
  protected readonly credit = inject(Readings).of('credit', () => this.#node.api.getCredit())
  protected readonly work = doing()
  protected readonly redeemed = signal<string | undefined>(undefined)
  protected readonly shown = signal(step)
  readonly #credited = inject(Readings).of('credit-moves', () => wholeLedger(this.#node.api))
  protected readonly moves = computed(() =>
    movementsOf(this.#history.charges(), this.#credited.value() ?? [], this.shown()),
  )
  /** A price is paid out of its deposit: it takes nothing more. */
  protected readonly signs = { deposit: '−', charge: '', refund: '+', paidIn: '+', paidOut: '−', kept: '' } as const
  protected readonly kinds = {
    deposit: 'member.money.deposit',
    charge: 'member.money.charge',
    refund: 'member.money.refund',
    paidIn: 'member.money.paidIn',
    paidOut: 'member.money.paidOut',
    kept: 'member.money.kept',
  } as const

  protected money(micro: string | bigint): string {
    return this.words.format().money(micro)
  }

  protected async redeem(event: Event): Promise<void> {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const code = String(new FormData(form).get('code') ?? '').trim()
    await this.work.run(async () => {
      const { amountMicro, state } = await this.#node.api.redeemVoucher({ body: { code } })
      this.redeemed.set(
        this.t()(state === 'paid' ? 'member.voucher.paid' : 'member.voucher.due', { amount: this.money(amountMicro) }),
      )
      form.reset()
      await this.credit.load()
    })
  }
}

/** All pages; a wallet pays in far less often than it charges. */
const wholeLedger = async (api: WerenodeNode['api']): Promise<readonly CreditMove[]> => {
  const moves: CreditMove[] = []
  let cursor: string | undefined
  do {
    const page = await api.listCreditMoves({ query: { limit: '100', ...(cursor === undefined ? {} : { cursor }) } })
    moves.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  return moves
}
