import type { PlugStatus } from '../plug/status.ts'

/** Signs of a terminal, each with a stand-in of plain ASCII. */
export interface Glyphs {
  readonly status: Readonly<Record<PlugStatus, string>>
  readonly check: string
  readonly cross: string
  readonly warning: string
  readonly bolt: string
  readonly bullet: string
  readonly arrow: string
  readonly line: { readonly horizontal: string; readonly vertical: string }
  readonly corner: {
    readonly topLeft: string
    readonly topRight: string
    readonly bottomLeft: string
    readonly bottomRight: string
  }
  readonly bar: { readonly full: string; readonly parts: readonly string[]; readonly empty: string }
  readonly spinner: readonly string[]
}

const unicode: Glyphs = {
  status: {
    available: '●',
    charging: '⬢',
    occupied: '■',
    reserved: '◆',
    outOfOrder: '✖',
    planned: '◌',
    unknown: '?',
    unlisted: '○',
  },
  check: '✔',
  cross: '✖',
  warning: '▲',
  bolt: 'ϟ',
  bullet: '•',
  arrow: '→',
  line: { horizontal: '─', vertical: '│' },
  corner: { topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯' },
  bar: { full: '█', parts: ['▏', '▎', '▍', '▌', '▋', '▊', '▉'], empty: '░' },
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
}

const ascii: Glyphs = {
  status: {
    available: 'o',
    charging: '*',
    occupied: '#',
    reserved: '+',
    outOfOrder: 'x',
    planned: '~',
    unknown: '?',
    unlisted: '.',
  },
  check: 'ok',
  cross: 'x',
  warning: '!',
  bolt: '*',
  bullet: '-',
  arrow: '->',
  line: { horizontal: '-', vertical: '|' },
  corner: { topLeft: '+', topRight: '+', bottomLeft: '+', bottomRight: '+' },
  bar: { full: '#', parts: [], empty: '.' },
  spinner: ['|', '/', '-', '\\'],
}

export const glyphsFor = (unicodeIsFine: boolean): Glyphs => (unicodeIsFine ? unicode : ascii)
