import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core'
import { type IconName, icons } from '@werenode/design/icons'

/** A drawing of the house. With a `label` it means something; without one it is decoration. */
@Component({
  selector: 'wn-icon',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <svg
      viewBox="0 0 24 24"
      fill="none"
      focusable="false"
      [attr.aria-hidden]="label() ? null : 'true'"
      [attr.role]="label() ? 'img' : null"
      [attr.aria-label]="label() ?? null"
    >
      @if (icon().stroke) {
        <path
          [attr.d]="icon().stroke"
          stroke="currentColor"
          stroke-width="2"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      }
      @if (icon().fill) {
        <path [attr.d]="icon().fill" fill="currentColor" />
      }
    </svg>
  `,
})
export class Icon {
  readonly name = input.required<IconName>()
  readonly label = input<string>()
  protected readonly icon = computed(() => icons[this.name()])
}
