import { describe, expect, it } from 'vitest'
import { parseArguments } from './arguments.ts'

const charge = {
  name: 'charge',
  usage: 'charge [EVSE] [--kwh KWH]',
  words: 'charges',
  most: 1,
  options: {
    kwh: { kind: 'number', value: 'KWH', words: 'stop there' },
    yes: { kind: 'flag', words: 'do not ask' },
    port: { kind: 'port', value: 'PORT', words: 'where' },
  },
} as const

describe('the arguments of a command', () => {
  it('are words, options with a value, and flags in any order', () => {
    const parsed = parseArguments(charge, ['--kwh', '2,5', 'FR*WRN*E1', '--yes'])
    expect(parsed.words).toEqual(['FR*WRN*E1'])
    expect(parsed.options.kwh).toBe(2.5)
    expect(parsed.options.yes).toBe(true)
  })

  it('take a value after an equals sign too', () => {
    expect(parseArguments(charge, ['--port=9090']).options.port).toBe(9090)
  })

  it.each([
    [['--kw', '3'], 'has no option --kw'],
    [['--kwh'], '--kwh needs a value'],
    [['--kwh', 'much'], 'is not a number above zero'],
    [['--kwh', '-1'], 'is not a number above zero'],
    [['--port', '70000'], 'is not a port'],
    [['--yes=1'], '--yes takes no value'],
    [['A', 'B'], 'does not understand "B"'],
    [['--constructor', 'x'], 'has no option --constructor'],
  ])('%j are refused in words', (args, words) => {
    expect(() => parseArguments(charge, args)).toThrow(words)
  })
})
