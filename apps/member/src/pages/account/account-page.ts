import { ChangeDetectionStrategy, Component, inject } from '@angular/core'
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router'
import { Icon } from '../../look/icon.ts'
import { showTitle } from '../../look/title.ts'
import { Words } from '../../words/words.ts'

const drawers = [
  { path: 'money', key: 'member.account.money', icon: 'euro' },
  { path: 'documents', key: 'member.account.documents', icon: 'document' },
  { path: 'vehicles', key: 'member.account.vehicles', icon: 'car' },
  { path: 'cards', key: 'member.account.cards', icon: 'card' },
  { path: 'sign-in', key: 'member.account.waysIn', icon: 'key' },
  { path: 'notices', key: 'member.account.notices', icon: 'bell' },
  { path: 'privacy', key: 'member.account.privacy', icon: 'lock' },
  { path: 'settings', key: 'nav.settings', icon: 'settings' },
] as const

/** The account's drawers beside the open one. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <h1>{{ t()('nav.account') }}</h1>
    <div class="account">
      <nav class="account__nav" [attr.aria-label]="t()('nav.account')">
        @for (drawer of drawers; track drawer.path) {
          <a [routerLink]="drawer.path" routerLinkActive="here" ariaCurrentWhenActive="page">
            <wn-icon [name]="drawer.icon" />{{ t()(drawer.key) }}
          </a>
        }
      </nav>
      <div class="account__drawer"><router-outlet /></div>
    </div>
  `,
})
export class AccountPage {
  protected readonly t = inject(Words).t
  protected readonly drawers = drawers

  constructor() {
    showTitle(() => this.t()('nav.account'))
  }
}
