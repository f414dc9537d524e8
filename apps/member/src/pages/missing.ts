import { ChangeDetectionStrategy, Component, inject } from '@angular/core'
import { RouterLink } from '@angular/router'
import { Words } from '../words/words.ts'

@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink],
  template: `
    <section class="welcome">
      <h1>{{ t()('member.missing.title') }}</h1>
      <p>{{ t()('member.missing.text') }}</p>
      <a class="button" routerLink="/sessions">{{ t()('nav.sessions') }}</a>
    </section>
  `,
})
export class Missing {
  protected readonly t = inject(Words).t
}
