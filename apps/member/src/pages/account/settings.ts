import { ChangeDetectionStrategy, Component, inject } from '@angular/core'
import type { Locale } from '@werenode/design/format'
import { Appearance, type ThemeChoice } from '../../look/appearance.ts'
import { Words } from '../../words/words.ts'

/** Language and looks, on this device. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="card">
      <h2>{{ t()('nav.settings') }}</h2>
      <fieldset class="choices">
        <legend>{{ t()('settings.language') }}</legend>
        @for (locale of locales; track locale) {
          <label class="tick"><input type="radio" name="locale" [value]="locale" [checked]="words.locale() === locale" (change)="words.choose(locale)" />{{ locale === 'en' ? t()('settings.language.en') : t()('settings.language.fr') }}</label>
        }
      </fieldset>
      <fieldset class="choices">
        <legend>{{ t()('settings.theme') }}</legend>
        @for (theme of themes; track theme) {
          <label class="tick"><input type="radio" name="theme" [value]="theme" [checked]="looks.theme() === theme" (change)="looks.choose(theme)" />{{ themeWord(theme) }}</label>
        }
      </fieldset>
      <label class="tick"><input type="checkbox" name="contrast" [checked]="looks.contrast()" (change)="looks.setContrast(!looks.contrast())" />{{ t()('settings.contrast') }}</label>
    </section>
  `,
})
export class Settings {
  protected readonly words = inject(Words)
  protected readonly t = this.words.t
  protected readonly looks = inject(Appearance)
  protected readonly locales: readonly Locale[] = ['en', 'fr']
  protected readonly themes: readonly ThemeChoice[] = ['system', 'light', 'dark']

  protected themeWord(theme: ThemeChoice): string {
    return this.t()(`settings.theme.${theme}`)
  }
}
