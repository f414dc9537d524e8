import { expect, it } from 'vitest'
import { judge } from '../../src/meter/judge.ts'
import { readingOf } from '../../src/meter/reading.ts'
import { type SampledValue16, sampleOf2, sampleOf16 } from '../../src/meter/sample.ts'

const at = new Date('2026-01-01T12:00:00Z')
const read = (...samples: readonly SampledValue16[]) => readingOf(at, samples.map(sampleOf16))
const energy = (value: string, more: SampledValue16 = {}): SampledValue16 => ({
  value,
  measurand: 'Energy.Active.Import.Register',
  ...more,
})
const power = (value: string, more: SampledValue16 = {}): SampledValue16 => ({
  value,
  measurand: 'Power.Active.Import',
  ...more,
})
const past = { startWh: 12_000_000, startedAt: '2026-01-01T11:00:00.000Z', maxPowerW: 22_000 }

it('a missing unit means Wh, a missing measurand the energy register', () => {
  expect(read({ value: '12500' })).toMatchObject({ registerWh: 12_500, flags: [] })
  expect(read(energy('12.5', { unit: 'kWh' }))).toMatchObject({ registerWh: 12_500 })
  expect(read(energy('12,5 kWh', { unit: 'kWh' }))).toMatchObject({ registerWh: 12_500 })
})

it('phases are summed only where no total is told, and only one family of names', () => {
  const phases = ['L1', 'L2', 'L3'].map((phase) => power('1000', { phase }))
  const toNeutral = ['L1-N', 'L2-N', 'L3-N'].map((phase) => power('1000', { phase }))
  expect(read(...phases)).toMatchObject({ powerW: 3000, flags: ['phases-summed'] })
  expect(read(...toNeutral)).toMatchObject({ powerW: 3000 })
  expect(read(...phases, ...toNeutral)).toMatchObject({ powerW: 3000 })
  expect(read(power('3050'), ...phases)).toMatchObject({ powerW: 3050, flags: [] })
})

it('current on the neutral is not counted', () => {
  const current = (phase: string) => ({ value: '10', measurand: 'Current.Import', unit: 'A', phase })
  const reading = read(current('L1'), current('N'), { value: '230', measurand: 'Voltage', unit: 'V' })
  expect(reading).toMatchObject({ powerW: 2300, flags: ['power-derived'] })
})

it('the outlet counts before the inlet, the end before the begin', () => {
  expect(read(energy('900', { location: 'Inlet' }), energy('500'))).toMatchObject({ registerWh: 500 })
  expect(
    read(energy('1', { context: 'Transaction.Begin' }), energy('9', { context: 'Transaction.End' })),
  ).toMatchObject({
    registerWh: 9,
    context: 'Transaction.End',
  })
})

it('kWh labelled Wh is mended against the register at the start', () => {
  const reading = judge(read(energy('12005.25', { unit: 'Wh' })), past)
  expect(reading).toMatchObject({ registerWh: 12_005_250, flags: ['unit-corrected'] })
})

it('a register that counts the session is brought onto the meter', () => {
  const reading = judge(read(energy('7300')), past)
  expect(reading).toMatchObject({ registerWh: 12_007_300, flags: ['session-register'] })
})

it('a register off by a thousand against the power is flagged, not touched', () => {
  const last = { at: new Date('2026-01-01T11:30:00Z'), registerWh: 12_000_000 }
  const reading = judge(read(energy('12000005'), power('10000')), { ...past, last })
  expect(reading).toMatchObject({ registerWh: 12_000_005, flags: ['unit-suspect'] })
})

it.each(['9'.repeat(400), '1e308', '-1e300'])('%s is no reading, and harms nothing', (value) => {
  const samples = [energy(value, { unit: 'kWh' }), power(value)]
  const reading = judge(read(...samples), past)
  expect(reading).toMatchObject({ flags: ['value-impossible'] })
  expect(reading.registerWh).toBeUndefined()
  expect(reading.powerW).toBeUndefined()
})

it('a register that falls or leaps is kept and flagged', () => {
  const last = { at: new Date('2026-01-01T11:59:00Z'), registerWh: 12_010_000 }
  expect(judge(read(energy('12009000')), { ...past, last }).flags).toEqual(['register-backwards'])
  expect(judge(read(energy('12500000')), { ...past, last }).flags).toEqual(['register-jump'])
})

it('signed values are kept verbatim and are no number', () => {
  const signed = 'OCMF|{"FV":"1.0"}|{"SD":"30"}'
  const reading = read(energy('100'), { value: signed, format: 'SignedData', context: 'Transaction.End' })
  expect(reading).toMatchObject({ registerWh: 100, signed })
  const reading2 = readingOf(at, [
    sampleOf2({ value: 100, signedMeterValue: { signedMeterData: 'T0NNRg==', encodingMethod: 'OCMF' } }),
  ])
  expect(reading2).toMatchObject({ registerWh: 100, signed: 'T0NNRg==' })
})

it('2.x multipliers are powers of ten', () => {
  const reading = readingOf(at, [
    sampleOf2({
      value: 12.5,
      measurand: 'Energy.Active.Import.Register',
      unitOfMeasure: { unit: 'Wh', multiplier: 3 },
    }),
  ])
  expect(reading.registerWh).toBe(12_500)
})
