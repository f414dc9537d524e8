import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core'
import type { IconName } from '@werenode/design/icons'
import type { Charge } from '../charges/charge.ts'
import { Words } from '../words/words.ts'
import { Icon } from './icon.ts'

type Tone = 'live' | 'good' | 'bad' | 'wait'

const looks: Readonly<Record<Charge['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  opening: { tone: 'wait', icon: 'clock' },
  funded: { tone: 'wait', icon: 'lock' },
  starting: { tone: 'live', icon: 'plug' },
  charging: { tone: 'live', icon: 'bolt' },
  stopping: { tone: 'live', icon: 'stop' },
  ended: { tone: 'wait', icon: 'receipt' },
  settling: { tone: 'wait', icon: 'clock' },
  settled: { tone: 'good', icon: 'check' },
  rejected: { tone: 'bad', icon: 'close' },
  cancelling: { tone: 'wait', icon: 'refund' },
  cancelled: { tone: 'bad', icon: 'close' },
  disputed: { tone: 'bad', icon: 'dispute' },
  reclaimed: { tone: 'good', icon: 'refund' },
}

/** A session's state as a sign, a word and a colour. */
@Component({
  selector: 'wn-state',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `
    <span class="chip chip--{{ look().tone }}"><wn-icon [name]="look().icon" />{{ t()(key()) }}</span>
  `,
})
export class StateChip {
  readonly state = input.required<Charge['state']>()
  protected readonly t = inject(Words).t
  protected readonly look = computed(() => looks[this.state()])
  protected readonly key = computed(() => `session.state.${this.state()}` as const)
}
