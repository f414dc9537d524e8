import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core'
import { RouterLink } from '@angular/router'
import { WerenodeNode } from '../../app/node.ts'
import { History } from '../../archive/history.ts'
import { followLive } from '../../archive/live-session.ts'
import type { Session } from '../../charges/session.ts'
import { PowerCurve } from '../../charts/power-curve.ts'
import { Icon } from '../../look/icon.ts'
import { StateChip } from '../../look/state-chip.ts'
import { TroubleNote } from '../../look/trouble.ts'
import { Words } from '../../words/words.ts'

/** A charge that runs now: energy, cost, power, its curve, and the way to stop it. */
@Component({
  selector: 'wn-live-charge',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, PowerCurve, RouterLink, StateChip, TroubleNote],
  template: `
    @if (live.session(); as session) {
      <section class="card live" [attr.data-live]="session.id" [attr.data-state]="session.state">
        <header class="card__head">
          <h2><a [routerLink]="['/sessions', session.id]">{{ session.locationName }}</a></h2>
          <wn-state [state]="session.state" />
        </header>
        <div class="figures">
          <p><span>{{ t()('member.cost') }}</span><strong data-figure="cost">{{ said().cost }}</strong></p>
          <p><span>{{ t()('member.energy') }}</span><strong data-figure="energy">{{ said().energy }}</strong></p>
          <p><span>{{ t()('member.power') }}</span><strong>{{ said().power }}</strong></p>
          @if (said().soc) {
            <p><span>{{ t()('member.battery') }}</span><strong>{{ said().soc }}</strong></p>
          }
        </div>
        <div class="meter" role="img" [attr.aria-label]="t()('session.costSoFar', { cost: said().cost, limit: said().limit })">
          <span class="meter__bar" [style.width.%]="said().share"></span>
        </div>
        <p class="muted">{{ t()('session.costSoFar', { cost: said().cost, limit: said().limit }) }}</p>
        @if (explained(); as words) {
          <p>{{ words }}</p>
        }
        <wn-power-curve [points]="live.points()" [timeZone]="session.timeZone" />
        <wn-trouble [error]="live.error() ?? error()" />
        @if (session.state === 'charging') {
          <button type="button" class="button button--danger" [disabled]="stopping()" (click)="stop(session)">
            <wn-icon name="stop" />{{ t()('action.stop') }}
          </button>
        }
      </section>
    }
  `,
})
export class LiveCharge {
  readonly id = input.required<string>()
  protected readonly words = inject(Words)
  protected readonly t = this.words.t
  protected readonly live = followLive(this.id)
  protected readonly stopping = signal(false)
  protected readonly error = signal<unknown>(undefined)
  readonly #node = inject(WerenodeNode)
  readonly #history = inject(History)

  protected readonly said = computed(() => {
    const session = this.live.session()
    const format = this.words.format()
    const cost = BigInt(session?.costMicro ?? 0)
    const limit = BigInt(session?.limitMicro ?? 0)
    return {
      cost: format.money(cost),
      limit: format.money(limit),
      energy: format.energy(session?.energyWh ?? 0),
      power: format.power(session?.powerW ?? 0),
      soc: session?.socPercent == null ? undefined : format.percent(session.socPercent, { maxDecimals: 0 }),
      share: limit === 0n ? 0 : Math.min(100, Number((cost * 1000n) / limit) / 10),
    }
  })

  protected readonly explained = computed(() => {
    const session = this.live.session()
    if (!session) return undefined
    if (session.stationOffline) return this.t()('session.offline')
    if (session.suspended !== 'no') return this.t()(`session.suspended.${session.suspended}`)
    return session.state === 'charging' ? undefined : this.t()(`session.explain.${session.state}`)
  })

  protected async stop(session: Session): Promise<void> {
    this.stopping.set(true)
    this.error.set(undefined)
    try {
      const stopped = await this.#node.api.stopSession({ params: { sessionId: session.id } })
      this.live.take(stopped)
      await this.#history.saw(stopped)
    } catch (error) {
      this.error.set(error)
    } finally {
      this.stopping.set(false)
    }
  }
}
