import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  box,
  createPaint,
  displayWidth,
  glyphsFor,
  pad,
  pairs,
  progressBar,
  progressLine,
  stripAnsi,
  table,
  truncate,
  visible,
  wantsColour,
  wantsUnicode,
  wrap,
} from './index.ts'

const paint = createPaint(true)
const [glyphs, plain] = [glyphsFor(true), glyphsFor(false)]
const words = fc
  .array(
    fc.constantFrom(
      'charge',
      'réglée',
      'e\u0301te\u0301',
      '充電',
      '⚡',
      'a',
      '\u202f',
      paint.positive('payé'),
      paint.strong('Été'),
    ),
    { maxLength: 12 },
  )
  .map((list) => list.join(' '))

describe('colour', () => {
  test('is used in a terminal, never in a pipe, and never against NO_COLOR', () => {
    expect(wantsColour({ isTTY: true, env: {} })).toBe(true)
    expect(wantsColour({ isTTY: false, env: {} })).toBe(false)
    expect(wantsColour({ env: {} })).toBe(false)
    expect(wantsColour({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false)
    expect(wantsColour({ isTTY: true, env: { NO_COLOR: '' } })).toBe(true)
    expect(wantsColour({ isTTY: true, env: { NO_COLOR: '1', FORCE_COLOR: '1' } })).toBe(false)
    expect(wantsColour({ isTTY: false, env: { FORCE_COLOR: '1' } })).toBe(true)
    expect(wantsColour({ isTTY: true, env: { FORCE_COLOR: '0' } })).toBe(false)
    expect(wantsColour({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false)
  })

  test('off, a text comes back as it was', () => {
    expect(createPaint(false).danger('no')).toBe('no')
    expect(paint.danger('')).toBe('')
  })

  test('one inside another does not end it', () => {
    expect(paint.accent(`a ${paint.danger('b')} c`)).toBe('\u001b[36ma \u001b[31mb\u001b[39m\u001b[36m c\u001b[39m')
  })

  test('signs beyond ASCII are used where the terminal says UTF-8', () => {
    expect(wantsUnicode({ env: { LANG: 'fr_FR.UTF-8' } })).toBe(true)
    expect(wantsUnicode({ env: { LANG: 'C' } })).toBe(false)
    expect(wantsUnicode({ env: { LC_ALL: 'C.utf8', TERM: 'linux' } })).toBe(false)
    expect(wantsUnicode({ env: { WT_SESSION: '1' } })).toBe(true)
    expect(wantsUnicode({ env: {} })).toBe(false)
  })

  test('every status has its own sign, in ASCII too', () => {
    for (const { status } of [glyphs, plain]) expect(new Set(Object.values(status)).size).toBe(8)
    for (const sign of JSON.stringify(plain)) expect(sign.charCodeAt(0)).toBeLessThan(128)
  })
})

describe('width', () => {
  test('counts what is seen', () => {
    expect(displayWidth('réglée')).toBe(6)
    expect(displayWidth('re\u0301gle\u0301e')).toBe(6)
    expect(displayWidth(paint.danger('été'))).toBe(3)
    expect(displayWidth('充電')).toBe(4)
    expect(displayWidth('12,48\u202fkWh')).toBe(9)
    expect(displayWidth('👩\u200d🔧')).toBe(2)
  })

  test('padding fills it up', () => {
    expect(pad('été', 6)).toBe('été   ')
    expect(pad('été', 6, 'right')).toBe('   été')
    expect(pad('été', 6, 'centre')).toBe(' été  ')
    expect(pad('too long', 3)).toBe('too long')
  })

  test('cutting never leaves more, and closes colours', () => {
    expect(truncate('réglée', 4)).toBe('rég…')
    expect(truncate(paint.danger('réglée'), 4)).toBe('\u001b[31mrég…\u001b[0m')
    expect(truncate('充電充電', 4)).toBe('充…')
    fc.assert(
      fc.property(words, fc.nat(20), (text, width) => {
        expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width)
      }),
    )
  })

  test('wrapping keeps every word and no line is too long', () => {
    expect(wrap('Ce que vous n’utilisez pas vous revient', 16)).toEqual([
      'Ce que vous',
      'n’utilisez pas',
      'vous revient',
    ])
    expect(wrap('0x1234567890', 5)).toEqual(['0x123', '45678', '90'])
    expect(wrap('one\n\ntwo', 10)).toEqual(['one', '', 'two'])
    expect(wrap(paint.danger('two words'), 5)).toEqual(['\u001b[31mtwo\u001b[0m', '\u001b[31mwords\u001b[39m\u001b[0m'])
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrap(text, width)
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
        const letters = (value: string) => stripAnsi(value).replaceAll(/[ \n]/g, '')
        expect(letters(lines.join(''))).toBe(letters(text))
      }),
    )
  })

  test('what comes from outside cannot move the cursor, ring, or turn the writing', () => {
    expect(visible('Acme\u001b[2J\u001b]0;owned\u0007\u0008\u202eevil\nline\u009b31m')).toBe('Acmeevil line31m')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const character of visible(text)) expect(character).toMatch(/^[^\p{Cc}\u202e]$/u)
      }),
    )
  })
})

describe('drawing', () => {
  const widths = (text: string) => new Set(text.split('\n').map(displayWidth))

  test('a box is straight whatever is in it', () => {
    expect(box('Payé : 6,12 €\nRendu : 18,88 €', { glyphs, title: 'Reçu' })).toBe(
      ['╭─ Reçu ──────────╮', '│ Payé : 6,12 €   │', '│ Rendu : 18,88 € │', '╰─────────────────╯'].join('\n'),
    )
    expect(box('ab', { glyphs: plain })).toBe('+----+\n| ab |\n+----+')
    fc.assert(
      fc.property(words, words, fc.integer({ min: 8, max: 60 }), (text, title, width) => {
        const drawn = box(text, { glyphs, title, width, frame: paint.accent })
        expect(widths(drawn).size).toBe(1)
        expect(Math.max(...widths(drawn))).toBeLessThanOrEqual(width)
      }),
    )
  })

  test('a table aligns figures and gives way where it may', () => {
    const columns = [{ title: 'EVSE' }, { title: 'Lieu', flexible: true }, { title: 'Coût', align: 'right' as const }]
    const rows = [
      ['FR*WRN*E1', 'Parking de la Cité, niveau −2', '6,12 €'],
      ['FR*WRN*E22', paint.positive('Gare'), '18,88 €'],
    ]
    expect(stripAnsi(table(columns, rows, { glyphs, width: 40 }))).toBe(
      [
        'EVSE        Lieu                    Coût',
        '──────────  ───────────────────  ───────',
        'FR*WRN*E1   Parking de la Cité…   6,12 €',
        'FR*WRN*E22  Gare                 18,88 €',
      ].join('\n'),
    )
    expect(table([{ title: 'Empty' }], [], { glyphs: plain })).toBe('Empty\n-----')
  })

  test('names and values stand under each other', () => {
    expect(
      pairs([
        ['Énergie', '12,48 kWh'],
        ['Dû', '6,12 €'],
      ]),
    ).toBe('Énergie  12,48 kWh\nDû       6,12 €')
  })

  test('a bar shows its share, never less than nothing, never more than all', () => {
    expect(progressBar(1, 2, { glyphs, width: 4 })).toBe('██░░')
    expect(progressBar(5, 16, { glyphs, width: 4 })).toBe('█▎░░')
    expect(progressBar(5, 16, { glyphs: plain, width: 4 })).toBe('#...')
    expect(progressBar(9, 2, { glyphs, width: 4 })).toBe('████')
    expect(progressBar(-1, 0, { glyphs, width: 4 })).toBe('░░░░')
    fc.assert(
      fc.property(fc.double(), fc.double(), fc.integer({ min: 1, max: 40 }), (done, total, width) => {
        expect(displayWidth(progressBar(done, total, { glyphs, width, fill: paint.accent }))).toBe(width)
      }),
    )
  })

  test('a progress line fits its terminal', () => {
    expect(
      progressLine(1, 4, { glyphs, width: 8, label: 'Points de recharge', figures: '7,277 of 29,109', columns: 60 }),
    ).toBe('Points de recharge ██░░░░░░  25%  7,277 of 29,109')
    expect(
      displayWidth(progressLine(1, 4, { glyphs, label: 'A very long label indeed', columns: 40 })),
    ).toBeLessThanOrEqual(40)
    expect(displayWidth(progressLine(1, 4, { glyphs, label: 'x', columns: 10 }))).toBeLessThanOrEqual(10)
  })
})
