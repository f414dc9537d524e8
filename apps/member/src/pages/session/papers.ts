import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core'
import { isWerenodeError } from '@werenode/core'
import { WerenodeNode } from '../../app/node.ts'
import { chargeOf } from '../../charges/charge.ts'
import { csvOf } from '../../charges/csv.ts'
import type { Session } from '../../charges/session.ts'
import { Icon } from '../../look/icon.ts'
import { saveFile } from '../../look/save-file.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'

/** The papers of one charge: receipt (PDF), row (CSV), what the meter signed (OCMF). */
@Component({
  selector: 'wn-papers',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, TroubleNote],
  template: `
    <h2>{{ t()('member.session.papers') }}</h2>
    <div class="stack">
      <button type="button" class="button" [disabled]="!settled() || busy()" (click)="pdf()">
        <wn-icon name="receipt" />{{ t()('member.paper.pdf') }}
      </button>
      <button type="button" class="button button--quiet" [disabled]="busy()" (click)="ocmf()">
        <wn-icon name="evidence" />{{ t()('member.paper.ocmf') }}
      </button>
      <button type="button" class="button button--quiet" (click)="csv()">
        <wn-icon name="download" />{{ t()('member.paper.csv') }}
      </button>
    </div>
    @if (!settled()) {
      <p class="muted">{{ t()('member.paper.later') }}</p>
    }
    @if (unsigned()) {
      <p class="note" role="status"><wn-icon name="info" />{{ t()('member.paper.unsigned') }}</p>
    }
    <wn-trouble [error]="error()" />
  `,
})
export class Papers {
  readonly session = input.required<Session>()
  readonly #words = inject(Words)
  readonly #node = inject(WerenodeNode)
  protected readonly t = this.#words.t
  protected readonly busy = signal(false)
  protected readonly unsigned = signal(false)
  protected readonly error = signal<unknown>(undefined)
  protected readonly settled = computed(() => this.session().state === 'settled')
  readonly #name = computed(() => `werenode-${this.session().id.slice(2, 10)}`)

  protected async pdf(): Promise<void> {
    await this.#work(async () => {
      const query = { locale: this.#words.locale() }
      const bytes = await this.#node.api.getReceiptPdf({ params: { sessionId: this.session().id }, query })
      saveFile(`${this.#name()}.pdf`, bytes, 'application/pdf')
    })
  }

  protected async ocmf(): Promise<void> {
    await this.#work(async () => {
      try {
        const text = await this.#node.api.getSignedReadings({ params: { sessionId: this.session().id } })
        saveFile(`${this.#name()}-ocmf.xml`, text, 'application/xml')
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'not-found') throw error
        this.unsigned.set(true)
      }
    })
  }

  protected csv(): void {
    saveFile(`${this.#name()}.csv`, csvOf([chargeOf(this.session())]), 'text/csv;charset=utf-8')
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
