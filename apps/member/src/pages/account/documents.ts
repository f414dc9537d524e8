import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core'
import type { Schemas } from '@werenode/sdk'
import { WerenodeNode } from '../../app/node.ts'
import { History } from '../../archive/history.ts'
import { Readings } from '../../archive/reading.ts'
import { monthAfter } from '../../charges/local-moment.ts'
import { Icon } from '../../look/icon.ts'
import { saveFile } from '../../look/save-file.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'
import { doing } from './doing.ts'

/** Receipts and invoices, the making of a month's invoice, and what stands on it. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, TroubleNote],
  template: `
    <section class="card">
      <h2>{{ t()('member.documents.kept') }}</h2>
      <wn-trouble [error]="documents.error() ?? work.error()" [canRetry]="true" (again)="documents.load()" />
      @if (documents.value()?.items; as items) {
        @if (items.length === 0) {
          <p class="muted">{{ t()('table.empty') }}</p>
        } @else {
          <ul class="things">
            @for (item of items; track item.sha256) {
              <li>
                <wn-icon [name]="item.kind === 'invoice' ? 'document' : 'receipt'" />
                <div>
                  <strong>{{ t()(item.kind === 'invoice' ? 'member.documents.invoice' : 'receipt.title') }} {{ item.number }}</strong>
                  <small>{{ words.format().date(item.createdAt) }} · {{ item.party }} · {{ words.format().money(item.grossMicro) }}</small>
                </div>
                <button type="button" class="button button--quiet" [disabled]="work.busy()" (click)="open(item)">
                  <wn-icon name="download" />PDF
                </button>
              </li>
            }
          </ul>
        }
      }
    </section>
    <section class="card">
      <h2>{{ t()('member.documents.make') }}</h2>
      <form class="line" (submit)="make($event)">
        <label class="field">
          <span>{{ t()('filter.operator') }}</span>
          <select name="party" required>
            @for (operator of operators(); track operator) {
              <option [value]="operator">{{ operator }}</option>
            }
          </select>
        </label>
        <label class="field"><span>{{ t()('member.month') }}</span><input type="month" name="month" required [value]="lastMonth" [max]="lastMonth" /></label>
        <button type="submit" class="button" [disabled]="work.busy() || operators().length === 0">{{ t()('member.documents.makeIt') }}</button>
      </form>
      <p class="muted">{{ t()('member.documents.over') }}</p>
    </section>
    <section class="card">
      <h2>{{ t()('member.billing') }}</h2>
      <p class="muted">{{ t()('member.billing.why') }}</p>
      <form (submit)="saveBilling($event)">
        <div class="fields">
          @for (field of fields; track field.name) {
            <label class="field">
              <span>{{ t()(field.key) }}</span>
              <input [name]="field.name" [required]="field.required" [attr.maxlength]="field.most" [value]="billed(field.name)" [attr.autocomplete]="field.fill" />
            </label>
          }
        </div>
        <button type="submit" class="button" [disabled]="work.busy()">{{ t()('action.save') }}</button>
      </form>
    </section>
  `,
})
export class Documents {
  protected readonly words = inject(Words)
  protected readonly t = this.words.t
  readonly #node = inject(WerenodeNode)
  readonly #history = inject(History)
  protected readonly documents = inject(Readings).of('documents', () => this.#node.api.listDocuments())
  protected readonly billing = inject(Readings).of('billing', () => this.#node.api.getAccountBilling())
  protected readonly work = doing()
  protected readonly lastMonth = monthAfter(new Date().toISOString().slice(0, 7), -1)
  protected readonly operators = computed(() => [...new Set(this.#history.charges().map(({ operator }) => operator))])
  protected readonly fields = [
    { name: 'name', key: 'member.billing.name', required: true, most: 120, fill: 'name' },
    { name: 'address', key: 'place.address', required: false, most: 200, fill: 'street-address' },
    { name: 'postalCode', key: 'member.billing.postalCode', required: false, most: 12, fill: 'postal-code' },
    { name: 'city', key: 'member.billing.city', required: false, most: 80, fill: 'address-level2' },
    { name: 'countryCode', key: 'member.billing.country', required: true, most: 2, fill: 'country' },
    { name: 'vatId', key: 'member.billing.vat', required: false, most: 15, fill: 'off' },
    { name: 'email', key: 'account.email', required: false, most: 200, fill: 'email' },
  ] as const

  protected billed(name: (typeof this.fields)[number]['name']): string {
    return this.billing.value()?.[name] ?? (name === 'countryCode' ? 'FR' : '')
  }

  protected async open(item: Schemas['Document']): Promise<void> {
    await this.work.run(async () => {
      const bytes = await this.#node.api.getDocument({ params: { sha256: item.sha256 } })
      saveFile(`${item.number}.pdf`, bytes, 'application/pdf')
    })
  }

  protected async make(event: Event): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const body = {
      party: String(form.get('party')) as Schemas['Party'],
      month: String(form.get('month')),
      locale: this.words.locale(),
    }
    await this.work.run(async () => {
      await this.#node.api.createInvoice({ body })
      await this.documents.load()
    })
  }

  protected async saveBilling(event: Event): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const told = this.fields
      .map(({ name }) => [name, String(form.get(name) ?? '').trim()] as const)
      .filter(([, value]) => value !== '')
    const body = Object.fromEntries(told) as unknown as Schemas['Billing']
    await this.work.run(async () => {
      await this.#node.api.putAccountBilling({ body: { ...body, countryCode: body.countryCode.toUpperCase() } })
      await this.billing.load()
    })
  }
}
