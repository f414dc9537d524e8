import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core'
import { Router } from '@angular/router'
import { getAddress } from 'viem'
import { createSiweMessage } from 'viem/siwe'
import { findWallet, signText } from '../../app/browser-wallet.ts'
import { LoginState } from '../../app/login.ts'
import { WerenodeNode } from '../../app/node.ts'
import { createPasskey } from '../../app/passkey.ts'
import { Readings } from '../../archive/reading.ts'
import { Icon } from '../../look/icon.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'
import { doing } from './doing.ts'

/** Who one is here, and by what one proves it: wallets, passkeys, mail, and the devices that are signed in. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, TroubleNote],
  template: `
    <wn-trouble [error]="account.error() ?? work.error()" [canRetry]="true" (again)="account.load()" />
    @if (said()) {
      <p class="note note--good" role="status"><wn-icon name="checkCircle" />{{ said() }}</p>
    }
    <section class="card">
      <h2>{{ t()('member.profile') }}</h2>
      @if (account.value(); as account) {
        <dl class="facts">
          <dt>{{ t()('member.profile.id') }}</dt><dd><code class="break">{{ account.accountId }}</code></dd>
          @if (account.party) {
            <dt>{{ t()('filter.operator') }}</dt><dd>{{ account.party }}</dd>
          }
        </dl>
      }
      <button type="button" class="button button--quiet" (click)="leave()"><wn-icon name="signOut" />{{ t()('account.signOut') }}</button>
    </section>
    <section class="card">
      <h2>{{ t()('member.wallets') }}</h2>
      <ul class="things">
        @for (wallet of account.value()?.wallets ?? []; track wallet) {
          <li>
            <wn-icon name="wallet" />
            <div><code class="break">{{ wallet }}</code></div>
            <button type="button" class="button button--quiet" [disabled]="work.busy()" (click)="unlink(wallet)">{{ t()('action.remove') }}</button>
          </li>
        } @empty {
          <li class="muted">{{ t()('table.empty') }}</li>
        }
      </ul>
      <button type="button" class="button button--quiet" [disabled]="work.busy()" (click)="link()"><wn-icon name="plus" />{{ t()('member.wallets.add') }}</button>
    </section>
    <section class="card">
      <h2>{{ t()('member.passkeys') }}</h2>
      <ul class="things">
        @for (passkey of passkeys.value()?.items ?? []; track passkey.passkeyId) {
          <li>
            <wn-icon name="key" />
            <div><strong>{{ passkey.name }}</strong><small>{{ words.format().date(passkey.createdAt) }}</small></div>
            <button type="button" class="button button--quiet" [disabled]="work.busy()" (click)="removePasskey(passkey.passkeyId)">{{ t()('action.remove') }}</button>
          </li>
        } @empty {
          <li class="muted">{{ t()('table.empty') }}</li>
        }
      </ul>
      <form class="line" (submit)="addPasskey($event)">
        <label class="field"><span>{{ t()('member.passkeys.name') }}</span><input name="name" required maxlength="60" autocomplete="off" /></label>
        <button type="submit" class="button button--quiet" [disabled]="work.busy()"><wn-icon name="plus" />{{ t()('member.passkeys.add') }}</button>
      </form>
    </section>
    <section class="card">
      <h2>{{ t()('account.email') }}</h2>
      <ul class="things">
        @for (mail of account.value()?.emails ?? []; track mail.email) {
          <li>
            <wn-icon name="user" />
            <div><strong>{{ mail.email }}</strong><small>{{ t()(mail.verified ? 'member.mail.verified' : 'member.mail.waiting') }}</small></div>
          </li>
        } @empty {
          <li class="muted">{{ t()('table.empty') }}</li>
        }
      </ul>
      <form class="line" (submit)="addMail($event)">
        <label class="field"><span>{{ t()('account.email') }}</span><input type="email" name="email" required maxlength="200" autocomplete="email" /></label>
        <label class="field"><span>{{ t()('account.password') }}</span><input type="password" name="password" required minlength="10" autocomplete="new-password" /></label>
        <button type="submit" class="button button--quiet" [disabled]="work.busy()">{{ t()('action.add') }}</button>
      </form>
    </section>
    <section class="card">
      <h2>{{ t()('member.logins') }}</h2>
      <ul class="things">
        @for (one of logins.value()?.items ?? []; track one.loginId) {
          <li>
            <wn-icon name="phone" />
            <div>
              <strong>{{ one.device ?? t()('member.logins.unknown') }}</strong>
              <small>{{ words.format().dateTime(one.refreshedAt) }}</small>
            </div>
            @if (one.current) {
              <span class="chip chip--good"><wn-icon name="check" />{{ t()('member.logins.this') }}</span>
            } @else {
              <button type="button" class="button button--quiet" [disabled]="work.busy()" (click)="revoke(one.loginId)">{{ t()('member.logins.end') }}</button>
            }
          </li>
        }
      </ul>
    </section>
  `,
})
export class WaysIn {
  protected readonly words = inject(Words)
  protected readonly t = this.words.t
  readonly #node = inject(WerenodeNode)
  readonly #login = inject(LoginState)
  readonly #router = inject(Router)
  readonly #readings = inject(Readings)
  protected readonly account = this.#readings.of('account', () => this.#node.api.getAccount())
  protected readonly passkeys = this.#readings.of('passkeys', () => this.#node.api.listPasskeys())
  protected readonly logins = this.#readings.of('logins', () => this.#node.api.listLogins())
  protected readonly work = doing()
  protected readonly said = signal<string | undefined>(undefined)

  protected async leave(): Promise<void> {
    await this.work.run(() => this.#login.end())
    await this.#router.navigateByUrl('/sign-in')
  }

  protected async link(): Promise<void> {
    await this.work.run(async () => {
      const nonce = await this.#node.api.createSiweNonce()
      const wallet = await findWallet()
      const { text, signature } = await signText(wallet, async (address) =>
        createSiweMessage({
          address: getAddress(address),
          chainId: nonce.chainId,
          domain: nonce.domain,
          nonce: nonce.nonce,
          uri: nonce.uri,
          version: '1',
          statement: 'Link this wallet to my Werenode account.',
          issuedAt: new Date(),
        }),
      )
      await this.#node.api.linkWallet({ body: { message: text, signature } })
      await this.account.load()
    })
  }

  protected async unlink(address: string): Promise<void> {
    if (!confirm(this.t()('ask.sure'))) return
    await this.work.run(async () => {
      await this.#node.api.unlinkWallet({ params: { address } })
      await this.account.load()
    })
  }

  protected async addPasskey(event: Event): Promise<void> {
    event.preventDefault()
    const element = event.target as HTMLFormElement
    const name = String(new FormData(element).get('name')).trim()
    await this.work.run(async () => {
      const response = await createPasskey(await this.#node.api.createPasskeyRegistration())
      await this.#node.api.addPasskey({ body: { name, response } })
      element.reset()
      await this.passkeys.load()
    })
  }

  protected async removePasskey(passkeyId: string): Promise<void> {
    if (!confirm(this.t()('ask.sure'))) return
    await this.work.run(async () => {
      await this.#node.api.removePasskey({ params: { passkeyId } })
      await this.passkeys.load()
    })
  }

  protected async addMail(event: Event): Promise<void> {
    event.preventDefault()
    const element = event.target as HTMLFormElement
    const form = new FormData(element)
    const email = String(form.get('email')).trim()
    await this.work.run(async () => {
      const password = String(form.get('password'))
      await this.#node.api.addEmail({ body: { email, password, locale: this.words.locale() } })
      element.reset()
      this.said.set(this.t()('member.mail.sent', { email }))
      await this.account.load()
    })
  }

  protected async revoke(loginId: string): Promise<void> {
    await this.work.run(async () => {
      await this.#node.api.revokeLogin({ params: { loginId } })
      await this.logins.load()
    })
  }
}
