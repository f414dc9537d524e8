import type { Sample } from './sample.ts'

/** What one meter value says, in the house's units. */
export interface Reading {
  /** The station's clock. */
  readonly at: Date
  /** Whole Wh once judged; before, as precise as the station wrote it. */
  readonly registerWh?: number
  readonly powerW?: number
  readonly socPercent?: number
  readonly signed?: string
  readonly signedKey?: string
  /** Of the register: Transaction.Begin, Transaction.End, Sample.Periodic ... */
  readonly context?: string
  readonly flags: readonly string[]
}

/** Brings samples taken at one moment into Wh, W and percent. Total before phases, outlet before inlet; what was guessed is flagged. */
export const readingOf = (at: Date, samples: readonly Sample[]): Reading => {
  const flags: string[] = []
  const register = possible(total(samples, 'Energy.Active.Import.Register', energyScale, flags), flags)
  const power = possible(
    total(samples, 'Power.Active.Import', powerScale, flags) ?? powerFromCurrent(samples, flags),
    flags,
  )
  const soc = samples.find((sample) => sample.measurand === 'SoC' && sample.value !== undefined)
  const signing = samples.find((sample) => sample.signed !== undefined)
  const reading: { -readonly [Key in keyof Reading]: Reading[Key] } = { at, flags }
  if (register !== undefined) {
    reading.registerWh = register.value
    reading.context = register.context
  }
  if (power !== undefined) reading.powerW = Math.round(power.value)
  if (soc !== undefined) reading.socPercent = Math.min(100, Math.max(0, soc.value!))
  if (signing?.signed !== undefined) reading.signed = signing.signed
  if (signing?.signedKey !== undefined) reading.signedKey = signing.signedKey
  return reading
}

interface Figure {
  readonly value: number
  readonly context: string
}

/** No meter shows more, Wh or W; beyond it numbers are not exact any more, and at last infinite. */
const mostOfAnything = 1e15

/** A figure no meter can show is no reading; the sample itself is kept as it came. */
const possible = (figure: Figure | undefined, flags: string[]): Figure | undefined => {
  if (figure === undefined || Math.abs(figure.value) <= mostOfAnything) return figure
  flag(flags, 'value-impossible')
  return undefined
}

type Scale = (unit: string | undefined, flags: string[]) => number

const flag = (flags: string[], word: string): void => {
  if (!flags.includes(word)) flags.push(word)
}

/** Nearly every message holds one figure of a kind and no phases: it is taken as it stands. */
const total = (samples: readonly Sample[], measurand: string, scaleOf: Scale, flags: string[]): Figure | undefined => {
  let only: Sample | undefined
  for (const sample of samples) {
    if (sample.measurand !== measurand || sample.value === undefined) continue
    if (only !== undefined) return totalOfMany(samples, measurand, scaleOf, flags)
    only = sample
  }
  if (only === undefined) return undefined
  if (only.phase !== undefined) return totalOfMany(samples, measurand, scaleOf, flags)
  return { value: only.value! * scaleOf(only.unit, flags), context: only.context }
}

const totalOfMany = (
  samples: readonly Sample[],
  measurand: string,
  scaleOf: Scale,
  flags: string[],
): Figure | undefined => {
  const all = samples.filter((sample) => sample.measurand === measurand && sample.value !== undefined)
  if (all.length === 0) return undefined
  // The latest meaning wins: of a begin and an end in one message the end stands for the moment.
  const context = contextOrder.find((name) => all.some((sample) => sample.context === name)) ?? all[0]!.context
  const now = all.filter((sample) => sample.context === context)
  const located = now.filter((sample) => sample.location === 'Outlet')
  const usable = located.length > 0 ? located : now
  const whole = usable.find((sample) => sample.phase === undefined)
  if (whole) return { value: whole.value! * scaleOf(whole.unit, flags), context }
  const phases = oneFamily(usable)
  if (phases.length === 0) return undefined
  flag(flags, 'phases-summed')
  const value = phases.reduce((sum, sample) => sum + sample.value! * scaleOf(sample.unit, flags), 0)
  return { value, context }
}

const contextOrder = [
  'Transaction.End',
  'Sample.Clock',
  'Sample.Periodic',
  'Trigger',
  'Interruption.End',
  'Transaction.Begin',
]

/** L1, L2, L3 or L1-N, L2-N, L3-N, never both: some stations report the same power under either name. N alone carries no energy. */
const oneFamily = (samples: readonly Sample[]): readonly Sample[] => {
  const plain = samples.filter((sample) => /^L[123]$/.test(sample.phase ?? ''))
  if (plain.length > 0) return unique(plain)
  return unique(samples.filter((sample) => /^L[123]-N$/.test(sample.phase ?? '')))
}

const unique = (samples: readonly Sample[]): readonly Sample[] => [
  ...new Map(samples.map((sample) => [sample.phase, sample])).values(),
]

const energyScale: Scale = (unit, flags) => {
  if (unit === undefined || unit === 'Wh') return 1
  if (unit === 'kWh') return 1000
  if (unit === 'MWh') return 1_000_000
  flag(flags, 'unit-guessed')
  return 1
}

const powerScale: Scale = (unit, flags) => {
  if (unit === undefined || unit === 'W' || unit === 'VA') return 1
  if (unit === 'kW' || unit === 'kVA') return 1000
  flag(flags, 'unit-guessed')
  return 1
}

/** Without a power figure: volts times amperes of each phase, good enough to show, flagged as derived. */
const powerFromCurrent = (samples: readonly Sample[], flags: string[]): Figure | undefined => {
  const currents = samples.filter((sample) => sample.measurand === 'Current.Import' && sample.value !== undefined)
  const voltages = samples.filter((sample) => sample.measurand === 'Voltage' && sample.value !== undefined)
  if (currents.length === 0 || voltages.length === 0) return undefined
  const byPhase = oneFamily(currents)
  const lines = byPhase.length > 0 ? byPhase : currents.slice(0, 1)
  const voltageOf = (phase: string | undefined): number =>
    (voltages.find((sample) => sample.phase?.slice(0, 2) === phase?.slice(0, 2)) ?? voltages[0]!).value!
  flag(flags, 'power-derived')
  return { value: lines.reduce((sum, line) => sum + line.value! * voltageOf(line.phase), 0), context: 'derived' }
}
