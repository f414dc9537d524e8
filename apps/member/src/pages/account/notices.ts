import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { Schemas } from '@werenode/sdk'
import { WerenodeNode } from '../../app/node.ts'
import { Readings } from '../../archive/reading.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'
import { doing } from './doing.ts'

const kinds = ['started', 'stopped', 'deposit-80', 'deposit-95', 'full', 'idle', 'refund', 'dispute'] as const

/** What was told, and what is to be told by push or mail. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, TroubleNote],
  template: `
    <section class="card">
      <h2>{{ t()('member.account.notices') }}</h2>
      <wn-trouble [error]="notices.error() ?? work.error()" [canRetry]="true" (again)="notices.load()" />
      @if (notices.value(); as page) {
        <ul class="things">
          @for (notice of page.items; track notice.id) {
            <li [class.unread]="!notice.readAt">
              <div>
                <strong><a [routerLink]="['/sessions', notice.sessionId]">{{ notice.title }}</a></strong>
                <small>{{ words.format().dateTime(notice.at) }}</small>
                <p>{{ notice.body }}</p>
              </div>
            </li>
          } @empty {
            <li class="muted">{{ t()('table.empty') }}</li>
          }
        </ul>
        @if (page.unread > 0) {
          <button type="button" class="button button--quiet" [disabled]="work.busy()" (click)="read()">{{ t()('member.notices.read') }}</button>
        }
      }
    </section>
    <section class="card">
      <h2>{{ t()('member.notices.wanted') }}</h2>
      @if (settings.value(); as wanted) {
        <form (submit)="save($event)">
          <table>
            <thead>
              <tr><th scope="col">{{ t()('member.notices.about') }}</th><th scope="col">Push</th><th scope="col">{{ t()('account.email') }}</th></tr>
            </thead>
            <tbody>
              @for (kind of kinds; track kind) {
                <tr>
                  <th scope="row">{{ t()(word(kind)) }}</th>
                  <td><input type="checkbox" name="push" [value]="kind" [checked]="wanted.push.includes(kind)" [attr.aria-label]="t()(word(kind)) + ', push'" /></td>
                  <td><input type="checkbox" name="mail" [value]="kind" [checked]="wanted.mail.includes(kind)" [attr.aria-label]="t()(word(kind)) + ', ' + t()('account.email')" /></td>
                </tr>
              }
            </tbody>
          </table>
          <button type="submit" class="button" [disabled]="work.busy()">{{ t()('action.save') }}</button>
        </form>
      }
      <wn-trouble [error]="settings.error()" />
    </section>
  `,
})
export class Notices {
  protected readonly words = inject(Words)
  protected readonly t = this.words.t
  readonly #node = inject(WerenodeNode)
  readonly #readings = inject(Readings)
  protected readonly notices = this.#readings.of('notices', () =>
    this.#node.api.listNotices({ query: { limit: '50' } }),
  )
  protected readonly settings = this.#readings.of('notice-settings', () => this.#node.api.getNoticeSettings())
  protected readonly work = doing()
  protected readonly kinds = kinds
  readonly #newest = computed(() => this.notices.value()?.items[0]?.at)

  protected word(kind: Schemas['NoticeKind']) {
    return `member.notice.${kind}` as const
  }

  protected async read(): Promise<void> {
    const until = this.#newest()
    if (until === undefined) return
    await this.work.run(async () => {
      await this.#node.api.readNotices({ body: { until } })
      await this.notices.load()
    })
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const body = {
      locale: this.words.locale(),
      push: form.getAll('push') as Schemas['NoticeKind'][],
      mail: form.getAll('mail') as Schemas['NoticeKind'][],
    }
    await this.work.run(async () => {
      await this.#node.api.putNoticeSettings({ body })
      await this.settings.load()
    })
  }
}
