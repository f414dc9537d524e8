import type { Reading } from './reading.ts'

/** What is known of the transaction a reading belongs to. */
export interface MeterPast {
  /** Register when the transaction began, Wh. */
  readonly startWh?: number | undefined
  /** ISO 8601. */
  readonly startedAt?: string | undefined
  /** The reading before, already judged. */
  readonly last?: { readonly at: Date; readonly registerWh?: number | undefined } | undefined
  /** Most the connector can give, W. */
  readonly maxPowerW: number
}

/**
 * Compares a reading with what came before. Two mistakes are mended because they are certain: a register in kWh that calls
 * itself Wh, and a register that counts the session instead of the meter. Everything else is only flagged; nothing is thrown away.
 */
export const judge = (reading: Reading, past: MeterPast): Reading => {
  if (reading.registerWh === undefined) return reading
  const flags = [...reading.flags]
  const registerWh = Math.round(mendRegister(reading.registerWh, reading, past, flags))
  const { last } = past
  if (last?.registerWh !== undefined) {
    const hours = (reading.at.getTime() - last.at.getTime()) / 3_600_000
    const gainedWh = registerWh - last.registerWh
    if (hours >= 0 && gainedWh < 0) flag(flags, 'register-backwards')
    // A quarter and a little on top: clocks of meter and station differ, and sampling is not exact.
    if (hours >= 0 && gainedWh > past.maxPowerW * hours * 1.25 + 50) flag(flags, 'register-jump')
    if (hours > 0.01 && isThousandOff(gainedWh, (reading.powerW ?? 0) * hours)) flag(flags, 'unit-suspect')
  }
  if (past.startWh !== undefined && registerWh < past.startWh) flag(flags, 'register-below-start')
  return { ...reading, registerWh, flags }
}

const flag = (flags: string[], word: string): void => {
  if (!flags.includes(word)) flags.push(word)
}

const mendRegister = (registerWh: number, reading: Reading, past: MeterPast, flags: string[]): number => {
  const { startWh, startedAt } = past
  // Below these figures neither mistake can be told from a young meter.
  if (startWh === undefined || startWh < 5_000 || registerWh >= startWh) return registerWh
  const hours = startedAt ? Math.max(0, (reading.at.getTime() - Date.parse(startedAt)) / 3_600_000) : 24
  const possibleWh = past.maxPowerW * hours * 1.25 + 2_000
  const asKilo = registerWh * 1000
  if (asKilo >= startWh * 0.999 - 1_000 && asKilo <= startWh + possibleWh + 1_000) {
    flag(flags, 'unit-corrected')
    // Whole kWh lose up to 999 Wh against the start: never below it.
    return Math.max(asKilo, startWh)
  }
  if (registerWh <= Math.min(possibleWh, startWh / 2)) {
    flag(flags, 'session-register')
    return startWh + registerWh
  }
  return registerWh
}

const isThousandOff = (gainedWh: number, expectedWh: number): boolean => {
  if (gainedWh <= 0 || expectedWh < 100) return false
  const ratio = expectedWh / gainedWh
  return (ratio > 700 && ratio < 1400) || (ratio > 0.0007 && ratio < 0.0014)
}
