import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core'
import { LoginState } from '../app/login.ts'
import { Icon } from '../look/icon.ts'
import { showTitle } from '../look/title.ts'
import { TroubleNote } from '../look/trouble.ts'
import { Words } from '../words/words.ts'

/** For whoever is not signed in: what this is, and the way to the node's own sign-in page. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, TroubleNote],
  template: `
    <section class="welcome">
      <h1>{{ t()('member.welcome.title') }}</h1>
      <p class="welcome__lead">{{ t()('member.welcome.lead') }}</p>
      <ul class="welcome__list">
        <li><wn-icon name="receipt" />{{ t()('member.welcome.receipts') }}</li>
        <li><wn-icon name="chart" />{{ t()('member.welcome.insights') }}</li>
        <li><wn-icon name="evidence" />{{ t()('member.welcome.proof') }}</li>
      </ul>
      <wn-trouble [error]="error()" />
      <button type="button" class="button" [disabled]="leaving()" (click)="begin()">
        <wn-icon name="signIn" />{{ t()('account.signIn') }}
      </button>
      <p class="muted">{{ t()('member.welcome.how') }}</p>
    </section>
  `,
})
export class SignIn {
  readonly wanted = input<string>()
  readonly #login = inject(LoginState)
  protected readonly t = inject(Words).t
  protected readonly leaving = signal(false)
  protected readonly error = signal<unknown>(undefined)

  constructor() {
    showTitle(() => this.t()('account.signIn'))
  }

  protected async begin(): Promise<void> {
    this.leaving.set(true)
    try {
      await this.#login.begin(this.wanted() ?? '/sessions')
    } catch (error) {
      this.error.set(error)
      this.leaving.set(false)
    }
  }
}
