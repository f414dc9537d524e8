/** A charging profile of any version, in the house's units. */
export interface Profile {
  /** 0: the whole station. */
  readonly evse: number
  readonly purpose: 'station' | 'external' | 'default' | 'transaction'
  readonly stackLevel: number
  readonly kind: 'Absolute' | 'Recurring' | 'Relative'
  /** Recurring: how often, s. */
  readonly everyS?: number
  readonly validFromMs?: number
  readonly validToMs?: number
  readonly startMs?: number
  readonly durationS?: number
  readonly periods: readonly { readonly startS: number; readonly limitW: number }[]
}

interface RawPeriod {
  readonly startPeriod?: number
  readonly limit?: number
  readonly numberPhases?: number
}
interface RawSchedule {
  readonly chargingRateUnit?: string
  readonly duration?: number
  readonly startSchedule?: string
  readonly chargingSchedulePeriod?: readonly RawPeriod[]
}
/** OCPP 1.6 §7.8 ChargingProfile and 2.0.1 §2.10 ChargingProfileType, as far as limits go. */
export interface RawProfile {
  readonly stackLevel?: number
  readonly chargingProfilePurpose?: string
  readonly chargingProfileKind?: string
  readonly recurrencyKind?: string
  readonly validFrom?: string
  readonly validTo?: string
  readonly chargingSchedule?: RawSchedule | readonly RawSchedule[]
}

const purposeOf: Readonly<Record<string, Profile['purpose']>> = {
  ChargePointMaxProfile: 'station',
  ChargingStationMaxProfile: 'station',
  ChargingStationExternalConstraints: 'external',
  TxDefaultProfile: 'default',
  TxProfile: 'transaction',
}

/** Volts between a phase and neutral; what a limit in amperes is worth depends on them. */
export const nominalVolts = 230

/** Undefined for purposes that limit nothing. A schedule without a number of phases means three (OCPP 1.6 §7.14). */
export const profileOf = (evse: number, raw: RawProfile): Profile | undefined => {
  const purpose = purposeOf[raw.chargingProfilePurpose ?? '']
  // 2.x may offer the car up to three schedules; the first is the one that holds without its choice.
  const schedule = Array.isArray(raw.chargingSchedule)
    ? (raw.chargingSchedule as readonly RawSchedule[])[0]
    : (raw.chargingSchedule as RawSchedule | undefined)
  if (!purpose || !schedule) return undefined
  const kind = raw.chargingProfileKind
  const every = { Daily: 86_400, Weekly: 604_800 }[raw.recurrencyKind ?? 'Daily'] ?? 86_400
  return {
    evse,
    purpose,
    stackLevel: raw.stackLevel ?? 0,
    kind: kind === 'Recurring' || kind === 'Relative' ? kind : 'Absolute',
    ...(kind === 'Recurring' ? { everyS: every } : {}),
    ...msOf('validFromMs', raw.validFrom),
    ...msOf('validToMs', raw.validTo),
    ...msOf('startMs', schedule.startSchedule),
    ...(schedule.duration === undefined ? {} : { durationS: schedule.duration }),
    periods: periodsOf(schedule),
  }
}

export const periodsOf = ({ chargingRateUnit, chargingSchedulePeriod = [] }: RawSchedule): Profile['periods'] =>
  chargingSchedulePeriod
    .map(({ startPeriod = 0, limit = 0, numberPhases = 3 }) => ({
      startS: startPeriod,
      limitW: chargingRateUnit === 'A' ? limit * nominalVolts * numberPhases : limit,
    }))
    .toSorted((a, b) => a.startS - b.startS)

const msOf = <Name extends string>(name: Name, text: string | undefined): { [K in Name]?: number } => {
  const ms = Date.parse(text ?? '')
  return Number.isNaN(ms) ? {} : ({ [name]: ms } as { [K in Name]?: number })
}
