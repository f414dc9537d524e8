import { ChangeDetectionStrategy, Component, computed, effect, inject, signal } from '@angular/core'
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router'
import { History } from '../archive/history.ts'
import { Appearance } from '../look/appearance.ts'
import { Icon } from '../look/icon.ts'
import { Words } from '../words/words.ts'
import { LoginState } from './login.ts'

const places = [
  { path: '/sessions', key: 'nav.sessions', icon: 'bolt' },
  { path: '/insights', key: 'member.nav.insights', icon: 'chart' },
  { path: '/account', key: 'nav.account', icon: 'user' },
] as const

/** The frame of every page: mark, the three places, what is to be known of the connection. */
@Component({
  selector: 'wn-app',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <a class="skip" href="#content" (click)="skip($event)">{{ t()('nav.skip') }}</a>
    <header class="bar">
      <a class="bar__mark" routerLink="/sessions">
        <img src="favicon.svg" width="28" height="28" alt="" />
        <span>Werenode</span>
      </a>
      @if (login.login()) {
        <nav class="bar__nav" [attr.aria-label]="t()('nav.main')">
          @for (place of places; track place.path) {
            <a [routerLink]="place.path" routerLinkActive="here" ariaCurrentWhenActive="page">
              <wn-icon [name]="place.icon" /><span>{{ t()(place.key) }}</span>
            </a>
          }
        </nav>
      }
      <button
        type="button"
        class="bar__language"
        [attr.lang]="other()"
        [attr.aria-label]="other() === 'fr' ? 'FR, Français' : 'EN, English'"
        (click)="words.choose(other())"
      >
        {{ other() === 'fr' ? 'FR' : 'EN' }}
      </button>
    </header>
    @if (offline()) {
      <p class="offline" role="status"><wn-icon name="offline" />{{ t()('member.offline', { time: asOf() }) }}</p>
    }
    <main id="content" tabindex="-1"><router-outlet /></main>
  `,
})
export class App {
  protected readonly words = inject(Words)
  protected readonly t = this.words.t
  protected readonly login = inject(LoginState)
  protected readonly places = places
  readonly #history = inject(History)
  readonly #online = signal(navigator.onLine)
  protected readonly other = computed(() => (this.words.locale() === 'fr' ? 'en' : 'fr'))
  protected readonly offline = computed(() => !this.#online() && this.login.login() !== undefined)
  protected readonly asOf = computed(() => {
    const asOf = this.#history.asOf()
    return asOf === undefined ? '–' : this.words.format().dateTime(asOf)
  })

  constructor() {
    inject(Appearance)
    addEventListener('online', () => this.#online.set(true))
    addEventListener('offline', () => this.#online.set(false))
    effect(() => {
      document.documentElement.lang = this.words.locale()
    })
    const router = inject(Router)
    let first = true
    router.events.subscribe((event) => {
      if (!(event instanceof NavigationEnd)) return
      // Whoever does not see the page hears that it is another one.
      if (!first) document.getElementById('content')?.focus({ preventScroll: true })
      first = false
    })
  }

  protected skip(event: Event): void {
    event.preventDefault()
    document.getElementById('content')?.focus()
  }
}
