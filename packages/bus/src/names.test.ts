import { describe, expect, it } from 'vitest'
import { matchAny } from './names.ts'

describe('a pattern', () => {
  it.each([
    ['station.A.command', 'station.A.command', true],
    ['station.A.command', 'station.B.command', false],
    ['station.*.command', 'station.B.command', true],
    ['station.*.command', 'station.B.C.command', false],
    ['station.*.command', 'station..command', true],
    ['station.>', 'station.A', true],
    ['station.>', 'station.A.command', true],
    ['station.>', 'station', false],
    ['>', 'anything.at.all', true],
    ['*', 'one', true],
    ['*', 'one.two', false],
    ['*.*', 'one.two', true],
    // A star inside a part is a star: EVSE ids have them.
    ['evse.FR*A*1', 'evse.FR*A*1', true],
    ['evse.FR*A*1', 'evse.FRxAx1', false],
    ['a.b', 'a+b', false],
    ['constructor', 'constructor', true],
  ])('%s fits %s: %s', (pattern, name, fits) => {
    expect(matchAny([pattern])(name)).toBe(fits)
  })

  it('is refused when > is not its last part', () => {
    expect(() => matchAny(['>.a'])).toThrow('last part')
  })
})
