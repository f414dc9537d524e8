import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core'
import { Router } from '@angular/router'
import { LoginState } from '../../app/login.ts'
import { WerenodeNode } from '../../app/node.ts'
import { eraseDatabase } from '../../archive/database.ts'
import { Icon } from '../../look/icon.ts'
import { saveFile } from '../../look/save-file.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'
import { doing } from './doing.ts'

/** What is known of the member: to be taken along, and to be forgotten. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, TroubleNote],
  template: `
    <section class="card">
      <h2>{{ t()('member.privacy.export') }}</h2>
      <p>{{ t()('member.privacy.exportWhy') }}</p>
      <button type="button" class="button" [disabled]="work.busy()" (click)="take()"><wn-icon name="download" />{{ t()('member.privacy.take') }}</button>
    </section>
    <section class="card">
      <h2>{{ t()('member.privacy.device') }}</h2>
      <p>{{ t()('member.privacy.deviceWhy') }}</p>
      <button type="button" class="button button--quiet" [disabled]="work.busy()" (click)="forgetDevice()">{{ t()('member.privacy.forgetDevice') }}</button>
    </section>
    <section class="card">
      <h2>{{ t()('member.privacy.erase') }}</h2>
      <p>{{ t()('member.privacy.eraseWhy') }}</p>
      <form (submit)="erase($event)">
        <label class="field"><span>{{ t()('member.privacy.type', { words: sentence }) }}</span><input name="confirm" required autocomplete="off" /></label>
        <button type="submit" class="button button--danger" [disabled]="work.busy()"><wn-icon name="trash" />{{ t()('member.privacy.eraseIt') }}</button>
      </form>
      @if (mistyped()) {
        <p class="note note--bad" role="alert"><wn-icon name="warning" />{{ t()('member.privacy.type', { words: sentence }) }}</p>
      }
    </section>
    <wn-trouble [error]="work.error()" />
  `,
})
export class Privacy {
  protected readonly t = inject(Words).t
  readonly #node = inject(WerenodeNode)
  readonly #login = inject(LoginState)
  readonly #router = inject(Router)
  protected readonly work = doing()
  protected readonly sentence = 'erase my account'
  protected readonly mistyped = signal(false)

  protected async take(): Promise<void> {
    await this.work.run(async () => {
      const data = await this.#node.api.exportAccount()
      saveFile('werenode-my-data.json', JSON.stringify(data, undefined, 2), 'application/json')
    })
  }

  /** Signs out too: what is kept would come back at once. */
  protected async forgetDevice(): Promise<void> {
    const accountId = this.#login.accountId()
    await this.work.run(async () => {
      await this.#login.end()
      if (accountId !== undefined) await eraseDatabase(accountId)
    })
    await this.#router.navigateByUrl('/sign-in')
  }

  protected async erase(event: Event): Promise<void> {
    event.preventDefault()
    const typed = String(new FormData(event.target as HTMLFormElement).get('confirm')).trim()
    this.mistyped.set(typed !== this.sentence)
    if (typed !== this.sentence) return
    const accountId = this.#login.accountId()
    await this.work.run(async () => {
      await this.#node.api.eraseAccount({ body: { confirm: 'erase my account' } })
      await this.#login.end()
      if (accountId !== undefined) await eraseDatabase(accountId)
      await this.#router.navigateByUrl('/sign-in')
    })
  }
}
