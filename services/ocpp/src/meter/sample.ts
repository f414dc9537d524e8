/** One sampled value, whatever version it came in. */
export interface Sample {
  readonly value: number | undefined
  readonly context: string
  readonly measurand: string
  readonly phase: string | undefined
  readonly location: string
  readonly unit: string | undefined
  /** Verbatim signed data, when the sample carries some. */
  readonly signed: string | undefined
  /** The public key sent along with it. */
  readonly signedKey?: string | undefined
}

/** OCPP 1.6 §7.43 SampledValue: every value is text, every default stands for a missing member. */
export interface SampledValue16 {
  readonly value?: string
  readonly context?: string
  readonly format?: string
  readonly measurand?: string
  readonly phase?: string
  readonly location?: string
  readonly unit?: string
}

/** OCPP 2.0.1 §2.45 SampledValueType. */
export interface SampledValue2 {
  readonly value?: number
  readonly context?: string
  readonly measurand?: string
  readonly phase?: string
  readonly location?: string
  readonly signedMeterValue?: {
    readonly signedMeterData?: string
    readonly signingMethod?: string
    readonly encodingMethod?: string
    readonly publicKey?: string
  }
  readonly unitOfMeasure?: { readonly unit?: string; readonly multiplier?: number }
}

const energyImport = 'Energy.Active.Import.Register'

export const sampleOf16 = (raw: SampledValue16): Sample => {
  const signed = raw.format === 'SignedData'
  return {
    value: signed ? undefined : numberIn(raw.value),
    context: raw.context ?? 'Sample.Periodic',
    measurand: raw.measurand ?? energyImport,
    phase: raw.phase,
    location: raw.location ?? 'Outlet',
    unit: raw.unit,
    signed: signed ? raw.value : undefined,
  }
}

export const sampleOf2 = (raw: SampledValue2): Sample => {
  const multiplier = raw.unitOfMeasure?.multiplier ?? 0
  return {
    value: raw.value === undefined ? undefined : raw.value * 10 ** multiplier,
    context: raw.context ?? 'Sample.Periodic',
    measurand: raw.measurand ?? energyImport,
    phase: raw.phase,
    location: raw.location ?? 'Outlet',
    unit: raw.unitOfMeasure?.unit,
    signed: raw.signedMeterValue?.signedMeterData,
    ...(raw.signedMeterValue?.publicKey ? { signedKey: raw.signedMeterValue.publicKey } : {}),
  }
}

const plainNumber = /^\d{1,15}(?:\.\d{1,9})?$/

/** `"12.5"`, `" 12,5 "`, `"12.5 kWh"`; undefined for what is no number. */
const numberIn = (text: string | undefined): number | undefined => {
  // What most stations write needs no closer look.
  if (text !== undefined && plainNumber.test(text)) return Number(text)
  const match = /^\s*([+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?)/i.exec(text ?? '')
  return match ? Number(match[1]!.replace(',', '.')) : undefined
}
