import { inForce, piecesOf, resetAll, stripAnsi } from './ansi.ts'

/** Blocks that a terminal draws two columns wide: CJK, Hangul, full-width forms, emoji. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2648, 0x2653],
  [0x26a1, 0x26a1],
  [0x2705, 0x2705],
  [0x274c, 0x274c],
  [0x2753, 0x2755],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f1e6, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
]

/** Columns of one character: 0 for accents that sit on another, joiners and controls. */
const columnsOf = (character: string): number => {
  const point = character.codePointAt(0) ?? 0
  if (point < 0x20 || (point >= 0x7f && point < 0xa0) || point === 0xad) return 0
  if ((point >= 0x200b && point <= 0x200f) || point === 0x2060 || point === 0xfeff) return 0
  if (/^\p{M}$/u.test(character)) return 0
  return wide.some(([from, to]) => point >= from && point <= to) ? 2 : 1
}

const joiner = '\u200d'

/** Columns a text takes in a terminal: accents, wide characters and colours counted right. */
export const displayWidth = (text: string): number => {
  let columns = 0
  let joined = false
  for (const character of stripAnsi(text)) {
    if (!joined) columns += columnsOf(character)
    joined = character === joiner
  }
  return columns
}

export type Align = 'left' | 'right' | 'centre'

/** Fills a text with spaces up to a width; longer ones stay as they are. */
export const pad = (text: string, width: number, align: Align = 'left'): string => {
  const missing = Math.max(0, width - displayWidth(text))
  const before = align === 'left' ? 0 : align === 'right' ? missing : Math.floor(missing / 2)
  return ' '.repeat(before) + text + ' '.repeat(missing - before)
}

/** Cuts a text to a width, with `…` where it was cut; colours are kept and closed. */
export const truncate = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text
  if (width <= 0) return ''
  let [shown, columns, colours] = ['', 0, '']
  for (const { kind, value } of piecesOf(text)) {
    if (kind === 'sequence') {
      shown += value
      colours = inForce(colours, value)
      continue
    }
    const next = columnsOf(value)
    if (columns + next > width - 1) break
    shown += value
    columns += next
  }
  return `${shown}…${colours === '' ? '' : resetAll}`
}

/** Breaks a text into lines of at most `width` columns, at spaces; a longer word is cut. Colours end and begin again at each break. */
export const wrap = (text: string, width: number): readonly string[] => {
  const limit = Math.max(1, width)
  const lines: string[] = []
  let [line, columns, word, wordColumns, colours, coloursAtWord] = ['', 0, '', 0, '', '']
  const endLine = (): void => {
    lines.push(coloursAtWord === '' ? line : line + resetAll)
    ;[line, columns] = [coloursAtWord, 0]
  }
  const endWord = (): void => {
    if (columns > 0 && columns + 1 + wordColumns > limit) endLine()
    else if (columns > 0 && wordColumns > 0) {
      line += ' '
      columns += 1
    }
    line += word
    columns += wordColumns
    ;[word, wordColumns, coloursAtWord] = ['', 0, colours]
  }
  for (const { kind, value } of piecesOf(text)) {
    if (kind === 'sequence') {
      word += value
      colours = inForce(colours, value)
    } else if (value === ' ' || value === '\n') {
      endWord()
      if (value === '\n') endLine()
    } else {
      const next = columnsOf(value)
      if (wordColumns + next > limit) {
        endWord()
        endLine()
      }
      word += value
      wordColumns += next
    }
  }
  endWord()
  lines.push(colours === '' ? line : line + resetAll)
  return lines
}
