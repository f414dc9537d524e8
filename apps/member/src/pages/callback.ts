import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { LoginState } from '../app/login.ts'
import { TroubleNote } from '../look/trouble.ts'
import { Words } from '../words/words.ts'

/** Where the node's sign-in page sends back to. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, TroubleNote],
  template: `
    <section class="welcome">
      <h1>{{ t()('account.signIn') }}</h1>
      @if (error()) {
        <wn-trouble [error]="error()" />
        <a class="button" routerLink="/sign-in">{{ t()('action.retry') }}</a>
      } @else {
        <p role="status">{{ t()('progress.loading') }}</p>
      }
    </section>
  `,
})
export class Callback {
  protected readonly t = inject(Words).t
  protected readonly error = signal<unknown>(undefined)

  constructor() {
    const login = inject(LoginState)
    const router = inject(Router)
    login
      .finish(location.href)
      .then((wanted) => router.navigateByUrl(wanted, { replaceUrl: true }))
      .catch((error: unknown) => this.error.set(error))
  }
}
