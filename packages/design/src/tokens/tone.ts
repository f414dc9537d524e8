import type { Hex, Ramp, Step } from './palette.ts'
import { black, white } from './palette.ts'
import type { ThemeName } from './theme-name.ts'

/** One meaning in colour: a filled form (button, marker), a soft form (badge, banner) and plain text. */
export interface Tone {
  /** Fill of a button or marker; also good for lines and chart marks (3:1 on every surface and on the map). */
  readonly solid: Hex
  readonly solidHover: Hex
  readonly solidPressed: Hex
  /** Text or glyph on the three solids. */
  readonly onSolid: Hex
  /** Fill of a badge or banner. */
  readonly soft: Hex
  readonly onSoft: Hex
  /** The tone as text on any surface but inverse. */
  readonly text: Hex
}

interface Recipe {
  readonly solid: readonly [Step, Step, Step]
  readonly onSolid: Hex | Step
  readonly soft: Step
  readonly onSoft: Step
  readonly text: Step
}

const recipes: Readonly<Record<ThemeName, Recipe>> = {
  light: { solid: [600, 700, 800], onSolid: white, soft: 100, onSoft: 800, text: 700 },
  dark: { solid: [400, 300, 200], onSolid: 950, soft: 900, onSoft: 200, text: 300 },
  highContrastLight: { solid: [800, 900, 950], onSolid: white, soft: 50, onSoft: 900, text: 800 },
  highContrastDark: { solid: [300, 200, 100], onSolid: black, soft: 950, onSoft: 100, text: 200 },
}

/** The same recipe for every hue: what holds for one tone holds for all. */
export const toneOf = (ramp: Ramp, theme: ThemeName): Tone => {
  const recipe = recipes[theme]
  const [rest, hover, pressed] = recipe.solid
  return {
    solid: ramp[rest],
    solidHover: ramp[hover],
    solidPressed: ramp[pressed],
    onSolid: typeof recipe.onSolid === 'number' ? ramp[recipe.onSolid] : recipe.onSolid,
    soft: ramp[recipe.soft],
    onSoft: ramp[recipe.onSoft],
    text: ramp[recipe.text],
  }
}
