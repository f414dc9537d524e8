import { daysOfWeek, type MeterSample, type Tariff, type TariffDimension, type VehicleState } from '@werenode/core'

/** Numbers that are the same for the same seed, on every machine (mulberry32). */
export const createChance = (seed: number) => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const chance = {
    /** A whole number from `least` to `most`, both included. */
    whole: (least: number, most: number): number => least + Math.floor(next() * (most - least + 1)),
    /** True `part` of the time. */
    yes: (part: number): boolean => next() < part,
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  }
  return chance
}
type Chance = ReturnType<typeof createChance>

/** A stretch of a charge in which everything is even. */
export interface Cell {
  readonly startMs: number
  readonly endMs: number
  readonly energyWh: number
  readonly state: VehicleState
  readonly powerW: number
  readonly currentA: number
}
export interface RandomCharge {
  readonly tariff: Tariff
  readonly timeZone: string
  readonly cells: readonly Cell[]
  readonly samples: readonly MeterSample[]
}

const zones = ['Europe/Paris', 'Europe/Lisbon', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC']
/** Days on which clocks change, in one of the zones, and the days around them. */
const clockChanges = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01']
const dayMs = 86_400_000
const quarterMs = 900_000

/**
 * A charge and a tariff for it. Everything that a restriction can look at changes where a cell begins: an engine that judges a period by
 * its beginning then sees what one sees that cuts periods itself. Lengths are whole ten-thousandths of an hour, which OCPI's numbers can say.
 */
export const randomCharge = (chance: Chance, version: '2.1.1' | '2.2.1'): RandomCharge => {
  const timeZone = chance.of(zones)
  const cellMs = chance.of([180_000, 900_000])
  const midnight = chance.yes(0.5)
    ? Date.parse(chance.of(clockChanges)) + chance.whole(-1, 1) * dayMs
    : Date.parse('2026-01-01') + chance.whole(0, 364) * dayMs
  const cells = randomCells(chance, midnight + chance.whole(0, 95) * quarterMs, cellMs)
  return { timeZone, cells, samples: samplesOf(cells), tariff: randomTariff(chance, version, cells, cellMs) }
}

const randomCells = (chance: Chance, startMs: number, cellMs: number): Cell[] => {
  const cells: Cell[] = []
  const count = chance.whole(1, 40)
  let state: VehicleState = chance.yes(0.9) ? 'charging' : 'parking'
  let powerW = chance.whole(1, 500) * 100
  let currentA = chance.whole(6, 200)
  const someWh = (): number => (chance.yes(0.95) ? chance.whole(1, Math.floor(cellMs / 100)) : 0)
  let energyWh = someWh()
  for (let nr = 0; nr < count; nr += 1) {
    if (chance.yes(0.12)) state = chance.of(['charging', 'charging', 'parking', 'parking', 'suspended'])
    if (chance.yes(0.15)) [powerW, currentA] = [chance.whole(1, 500) * 100, chance.whole(6, 200)]
    if (chance.yes(0.2)) energyWh = someWh()
    const flows = state === 'charging'
    cells.push({
      startMs: startMs + nr * cellMs,
      endMs: startMs + (nr + 1) * cellMs,
      energyWh: flows ? energyWh : 0,
      state,
      powerW: flows ? powerW : 0,
      currentA: flows ? currentA : 0,
    })
  }
  return cells
}

/** A reading where something changes, none between: our engine cuts what lies between by itself. */
const samplesOf = (cells: readonly Cell[]): MeterSample[] => {
  const samples: MeterSample[] = []
  let energyWh = 0
  for (const [nr, cell] of cells.entries()) {
    const { state, powerW, currentA } = cell
    if (!alike(cells[nr - 1], cell)) samples.push({ at: new Date(cell.startMs), energyWh, state, powerW, currentA })
    energyWh += cell.energyWh
  }
  return [...samples, { at: new Date(cells.at(-1)!.endMs), energyWh }]
}
const alike = (one: Cell | undefined, other: Cell): boolean =>
  one !== undefined && (['energyWh', 'state', 'powerW', 'currentA'] as const).every((name) => one[name] === other[name])

const dimensions: readonly TariffDimension[] = ['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT']

const randomTariff = (chance: Chance, version: '2.1.1' | '2.2.1', cells: readonly Cell[], cellMs: number): Tariff => {
  const latest = version === '2.2.1'
  const withVat = latest && chance.yes(0.7)
  const element = (): Tariff['elements'][number] => {
    const types = dimensions.filter(() => chance.yes(0.55))
    const restrictions = chance.yes(0.7) ? randomRestrictions(chance, latest, cells, cellMs) : {}
    return {
      price_components: (types.length > 0 ? types : [chance.of(dimensions)]).map((type) => ({
        type,
        price: chance.whole(0, 9_999) / chance.of([100, 1_000, 10_000]),
        ...(withVat && chance.yes(0.9) ? { vat: chance.of([0, 2.1, 5.5, 10, 20, 21]) } : {}),
        step_size: chance.of([0, 1, 1, 1, 7, 60, 100, 300, 500, 900, 1_000, 3_600]),
      })),
      ...(Object.keys(restrictions).length > 0 ? { restrictions } : {}),
    }
  }
  return {
    country_code: 'FR',
    party_id: 'WRN',
    id: 'RANDOM',
    currency: chance.of(['EUR', 'USD', 'GBP']),
    elements: Array.from({ length: chance.whole(1, 5) }, element),
    ...(latest ? randomLimits(chance, withVat) : {}),
    last_updated: '2026-01-01T00:00:00.000Z',
  }
}

const randomLimits = (chance: Chance, withVat: boolean): Pick<Tariff, 'min_price' | 'max_price'> => {
  const rate = withVat ? chance.of([1.2, 1.2, 1, 1.1]) : 1
  const limit = (cents: number) => ({
    excl_vat: cents / 100,
    incl_vat: Math.round(cents * rate) / 100,
  })
  const least = chance.whole(0, 800)
  return {
    ...(chance.yes(0.2) ? { min_price: limit(least) } : {}),
    ...(chance.yes(0.2) ? { max_price: limit(least + chance.whole(0, 4_000)) } : {}),
  }
}

type Restrictions = NonNullable<Tariff['elements'][number]['restrictions']>

const randomRestrictions = (chance: Chance, latest: boolean, cells: readonly Cell[], cellMs: number): Restrictions => {
  const found: Record<string, unknown> = {}
  const range = (name: string, part: number, pick: () => number): void => {
    if (!chance.yes(part)) return
    const [one, other] = [pick(), pick()].sort((a, b) => (a < b ? -1 : 1))
    if (chance.yes(0.6)) found[`min_${name}`] = one
    if (chance.yes(0.6) && other! > 0) found[`max_${name}`] = other
  }
  if (chance.yes(0.35)) {
    const quarter = (): string => {
      const nr = chance.yes(0.15) ? 0 : chance.whole(0, 95)
      return `${String(nr >> 2).padStart(2, '0')}:${String((nr % 4) * 15).padStart(2, '0')}`
    }
    const [start, end] = [quarter(), quarter()]
    if (chance.yes(0.8)) found.start_time = start
    // Equal times have no meaning in the text (but for midnight), and we price no such tariff.
    if (chance.yes(0.8) && end !== found.start_time) found.end_time = end
  }
  const days = cells.map(({ startMs }) => new Date(startMs).toISOString().slice(0, 10))
  if (chance.yes(0.1)) found.start_date = chance.of(days)
  if (chance.yes(0.1)) found.end_date = new Date(Date.parse(chance.of(days)) + dayMs).toISOString().slice(0, 10)
  if (chance.yes(0.2)) found.day_of_week = daysOfWeek.filter(() => chance.yes(0.5))
  if ((found.day_of_week as readonly string[] | undefined)?.length === 0) delete found.day_of_week
  const reached = cells.map(
    (
      (energyWh) => (cell: Cell) =>
        (energyWh += cell.energyWh)
    )(0),
  )
  range('kwh', 0.25, () => chance.of(reached) / 1_000)
  // A CDR of 2.1.1 says nothing of power (mod_cdrs 4.3), so whoever prices it again cannot weigh it; restrictions of current it has none.
  if (latest) range('power', 0.2, () => chance.whole(0, 50))
  if (latest) range('current', 0.15, () => chance.whole(0, 200))
  range('duration', 0.25, () => (chance.whole(0, cells.length) * cellMs) / 1_000)
  return found as Restrictions
}
