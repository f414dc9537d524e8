import { colours, toneNames } from './colour.ts'
import type { Hex } from './palette.ts'
import type { ThemeName } from './theme-name.ts'
import { isHighContrast } from './theme-name.ts'

/** A pair that an app may put on the screen, and the contrast it must have. */
export interface ContrastPair {
  readonly name: string
  readonly foreground: Hex
  readonly background: Hex
  /** WCAG 2.2: 4.5 for text (1.4.3), 3 for graphical objects and controls (1.4.11); high contrast asks 7 (1.4.6) and 4.5. */
  readonly minimum: number
}

/** Every declared pair of a theme. What is not declared here may not be shown on top of each other. */
export const contrastPairs = (theme: ThemeName): readonly ContrastPair[] => {
  const { surface, text, line, map, chart, tone } = colours[theme]
  const readable = isHighContrast(theme) ? 7 : 4.5
  const visible = isHighContrast(theme) ? 4.5 : 3
  const pairs: ContrastPair[] = []
  const add = (name: string, foreground: Hex, background: Hex, minimum: number): void => {
    pairs.push({ name, foreground, background, minimum })
  }

  const ground = { page: surface.page, raised: surface.raised, sunken: surface.sunken, overlay: surface.overlay }
  for (const [place, background] of Object.entries(ground)) {
    add(`text.primary on surface.${place}`, text.primary, background, readable)
    add(`text.muted on surface.${place}`, text.muted, background, readable)
    add(`text.link on surface.${place}`, text.link, background, readable)
    add(`line.strong on surface.${place}`, line.strong, background, visible)
    add(`line.focus on surface.${place}`, line.focus, background, visible)
    chart.forEach((colour, index) => {
      add(`chart ${index + 1} on surface.${place}`, colour, background, visible)
    })
    for (const name of toneNames) {
      add(`${name}.text on surface.${place}`, tone[name].text, background, readable)
      add(`${name}.solid on surface.${place}`, tone[name].solid, background, visible)
    }
  }
  add('text.inverse on surface.inverse', text.inverse, surface.inverse, readable)
  for (const name of toneNames) {
    const { solid, solidHover, solidPressed, onSolid, soft, onSoft } = tone[name]
    add(`${name}.onSolid on solid`, onSolid, solid, readable)
    add(`${name}.onSolid on solidHover`, onSolid, solidHover, readable)
    add(`${name}.onSolid on solidPressed`, onSolid, solidPressed, readable)
    add(`${name}.onSoft on soft`, onSoft, soft, readable)
    add(`text.primary on ${name}.soft`, text.primary, soft, readable)
    for (const place of ['land', 'water', 'green', 'building', 'halo'] as const)
      add(`${name}.solid on map.${place}`, solid, map[place], visible)
  }
  for (const place of ['land', 'water', 'green', 'building', 'halo'] as const)
    add(`map.label on map.${place}`, map.label, map[place], readable)
  return pairs
}
