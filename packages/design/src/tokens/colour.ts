import type { Hex } from './palette.ts'
import { amber, black, blue, green, ink, orange, petrol, red, violet, white } from './palette.ts'
import type { ThemeName } from './theme-name.ts'
import type { Tone } from './tone.ts'
import { toneOf } from './tone.ts'

/** What a tone means. Status tones (`available` ... `unlisted`) are for plugs; the others for everything else. */
export const toneNames = [
  'accent',
  'positive',
  'warning',
  'danger',
  'info',
  'neutral',
  'available',
  'charging',
  'occupied',
  'reserved',
  'outOfOrder',
  'planned',
  'unknown',
  'unlisted',
] as const
export type ToneName = (typeof toneNames)[number]

export interface ThemeColours {
  /** What things lie on: the page, a card, a well or input, a dialog; `inverse` for toasts and tooltips. */
  readonly surface: Readonly<Record<'page' | 'raised' | 'sunken' | 'overlay' | 'inverse', Hex>>
  /** `primary` and `muted` read on every surface but inverse; `disabled` is exempt from contrast (WCAG 1.4.3) and never carries information. */
  readonly text: Readonly<Record<'primary' | 'muted' | 'disabled' | 'inverse' | 'link', Hex>>
  /** `subtle` only decorates; `strong` outlines what can be operated (3:1); `focus` is the keyboard ring (3:1). */
  readonly line: Readonly<Record<'subtle' | 'strong' | 'focus', Hex>>
  /** Behind a dialog: `#rrggbbaa`. */
  readonly scrim: Hex
  /** The base map under our markers. */
  readonly map: Readonly<Record<'land' | 'water' | 'green' | 'building' | 'road' | 'boundary' | 'label' | 'halo', Hex>>
  /** Series of a chart, in this order; a chart also gives each its own dash or symbol. */
  readonly chart: readonly Hex[]
  readonly tone: Readonly<Record<ToneName, Tone>>
}

const tones = (theme: ThemeName): Readonly<Record<ToneName, Tone>> => ({
  accent: toneOf(petrol, theme),
  positive: toneOf(green, theme),
  warning: toneOf(amber, theme),
  danger: toneOf(red, theme),
  info: toneOf(blue, theme),
  neutral: toneOf(ink, theme),
  available: toneOf(green, theme),
  charging: toneOf(blue, theme),
  occupied: toneOf(orange, theme),
  reserved: toneOf(violet, theme),
  outOfOrder: toneOf(red, theme),
  planned: toneOf(petrol, theme),
  unknown: toneOf(ink, theme),
  unlisted: toneOf(ink, theme),
})

export const colours: Readonly<Record<ThemeName, ThemeColours>> = {
  light: {
    surface: { page: ink[50], raised: white, sunken: ink[100], overlay: white, inverse: ink[900] },
    text: { primary: ink[950], muted: ink[700], disabled: ink[400], inverse: ink[50], link: petrol[700] },
    line: { subtle: ink[200], strong: ink[600], focus: blue[600] },
    scrim: '#101e2299',
    map: {
      land: '#f2f4f1',
      water: '#cfe4ec',
      green: '#dfecd9',
      building: '#e4e6e2',
      road: white,
      boundary: ink[400],
      label: ink[800],
      halo: white,
    },
    chart: [petrol[600], orange[600], violet[600], green[600], blue[600], red[600]],
    tone: tones('light'),
  },
  dark: {
    surface: { page: '#0b1417', raised: '#131f23', sunken: '#070e10', overlay: '#1a292e', inverse: ink[100] },
    text: { primary: ink[50], muted: ink[400], disabled: ink[700], inverse: ink[950], link: petrol[300] },
    line: { subtle: '#263a40', strong: ink[500], focus: blue[400] },
    scrim: '#000000b3',
    map: {
      land: '#1c2a30',
      water: '#0a2f45',
      green: '#1b3027',
      building: '#243439',
      road: '#33454c',
      boundary: ink[500],
      label: ink[200],
      halo: '#0b1417',
    },
    chart: [petrol[400], orange[400], violet[400], green[400], blue[400], red[400]],
    tone: tones('dark'),
  },
  highContrastLight: {
    surface: { page: white, raised: white, sunken: white, overlay: white, inverse: black },
    text: { primary: black, muted: ink[900], disabled: ink[600], inverse: white, link: petrol[800] },
    line: { subtle: ink[700], strong: black, focus: blue[800] },
    scrim: '#000000cc',
    map: {
      land: white,
      water: '#d7e9f2',
      green: '#e6f2e2',
      building: ink[200],
      road: ink[300],
      boundary: ink[800],
      label: black,
      halo: white,
    },
    chart: [petrol[800], orange[800], violet[800], green[800], blue[800], red[800]],
    tone: tones('highContrastLight'),
  },
  highContrastDark: {
    surface: { page: black, raised: black, sunken: black, overlay: black, inverse: white },
    text: { primary: white, muted: ink[100], disabled: ink[400], inverse: black, link: petrol[200] },
    line: { subtle: ink[400], strong: white, focus: '#ffe14d' },
    scrim: '#000000e6',
    map: {
      land: black,
      water: '#0a2233',
      green: '#0b1f12',
      building: ink[900],
      road: ink[800],
      boundary: ink[300],
      label: white,
      halo: black,
    },
    chart: [petrol[300], orange[300], violet[300], green[300], blue[300], red[300]],
    tone: tones('highContrastDark'),
  },
}
