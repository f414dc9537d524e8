const esc = String.fromCharCode(0x1b)
const bell = String.fromCharCode(0x07)
/** Select graphic rendition and the other CSI sequences, and OSC (titles, links) up to its end. */
const sequence = new RegExp(
  `${esc}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?|[@-Z\\\\-_])`,
  'g',
)

/** C0, DEL and C1, and what turns the writing direction. */
const isControl = (point: number): boolean =>
  point < 0x20 ||
  (point >= 0x7f && point <= 0x9f) ||
  point === 0x200e ||
  point === 0x200f ||
  (point >= 0x202a && point <= 0x202e) ||
  (point >= 0x2066 && point <= 0x2069)

/** Without colours and other sequences. */
export const stripAnsi = (text: string): string => text.replaceAll(sequence, '')

/**
 * A text from outside (a station's vendor, a partner's message) made harmless for a terminal: no sequences, no control characters, no
 * reversal of the writing direction, on one line.
 */
export const visible = (text: string): string =>
  Array.from(stripAnsi(text).replaceAll(/[\t\n\r\v\f]+/g, ' '))
    .filter((character) => !isControl(character.codePointAt(0) ?? 0))
    .join('')

/** A text cut into what is seen (by code point) and the sequences between. */
export type Piece = { readonly kind: 'text' | 'sequence'; readonly value: string }
export const piecesOf = (text: string): readonly Piece[] => {
  const pieces: Piece[] = []
  let last = 0
  for (const match of text.matchAll(sequence)) {
    for (const value of text.slice(last, match.index)) pieces.push({ kind: 'text', value })
    pieces.push({ kind: 'sequence', value: match[0] })
    last = match.index + match[0].length
  }
  for (const value of text.slice(last)) pieces.push({ kind: 'text', value })
  return pieces
}

export const sgr = (code: number | string): string => `${esc}[${code}m`
export const resetAll = sgr(0)
/** The colours in force after a run of sequences: those since the last reset. */
export const inForce = (before: string, added: string): string =>
  added === resetAll || added === sgr('') ? '' : before + added
