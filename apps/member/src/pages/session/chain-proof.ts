import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core'
import type { Session } from '../../charges/session.ts'
import { Icon } from '../../look/icon.ts'
import { Words } from '../../words/words.ts'

/** The transactions that moved the money, to be looked up in any explorer of the chain. */
@Component({
  selector: 'wn-chain-proof',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `
    <h2>{{ t()('member.session.chain') }}</h2>
    @if (steps().length === 0) {
      <p class="muted">{{ t()('member.session.noChain') }}</p>
    } @else {
      <p class="muted">{{ t()('member.session.chainWhy') }}</p>
    }
    <ul class="hashes">
      @for (step of steps(); track step.key) {
        <li>
          <span>{{ t()(step.key) }}</span>
          <code [attr.data-transaction]="step.hash" [title]="step.hash">{{ step.hash }}</code>
          <button type="button" class="button button--icon" [attr.aria-label]="t()('action.copy') + ' ' + t()(step.key)" (click)="copy(step.hash)">
            <wn-icon [name]="copied() === step.hash ? 'check' : 'copy'" />
          </button>
        </li>
      }
    </ul>
    <p aria-live="polite" class="unseen">{{ copied() ? t()('action.copied') : '' }}</p>
    <details class="chart__table">
      <summary>{{ t()('member.session.number') }}</summary>
      <code class="break">{{ session().id }}</code>
    </details>
  `,
})
export class ChainProof {
  readonly session = input.required<Session>()
  protected readonly t = inject(Words).t
  protected readonly copied = signal<string | undefined>(undefined)
  protected readonly steps = computed(() => {
    const { open, propose, settle, cancel } = this.session().transactions
    const all = [
      { key: 'member.chain.open' as const, hash: open },
      { key: 'member.chain.propose' as const, hash: propose },
      { key: 'member.chain.settle' as const, hash: settle },
      { key: 'member.chain.cancel' as const, hash: cancel },
    ]
    return all.flatMap(({ key, hash }) => (hash === undefined ? [] : [{ key, hash }]))
  })

  protected async copy(hash: string): Promise<void> {
    await navigator.clipboard.writeText(hash)
    this.copied.set(hash)
  }
}
