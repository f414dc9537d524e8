import type { Told } from '../profile/quantities.ts'
import type { DeviceProfile } from '../profile/schema.ts'

export interface SafetyState {
  /** Since when power has been above the rating, ms since 1970. */
  readonly overPowerSince?: number
}

export interface Danger {
  readonly code: 'over-temperature' | 'over-power' | 'device-fault'
  /** A sentence for driver and operator. */
  readonly message: string
}

/** An inrush is no overload. */
const overPowerAfterMs = 5_000
/** So far above the rating that waiting would be wrong. */
const atOnceFactor = 1.5

/** Looks for what must end the supply now. */
export const watchSafety = (
  state: SafetyState,
  seen: { readonly at: number; readonly told: Told },
  limits: DeviceProfile['safety'] & { readonly ratedPowerW: number },
): { readonly state: SafetyState; readonly danger?: Danger } => {
  const { told, at } = seen
  if (told.temperature !== undefined && told.temperature >= limits.maxTemperatureC)
    return {
      state,
      danger: {
        code: 'over-temperature',
        message: `The plug is too hot (${told.temperature.toFixed(0)} °C, at most ${limits.maxTemperatureC} °C).`,
      },
    }
  if (told.fault !== undefined && told.fault !== '')
    return { state, danger: { code: 'device-fault', message: `The plug reports a fault: ${told.fault}.` } }
  if (told.power === undefined) return { state }
  const mostW = limits.ratedPowerW * limits.overPowerFactor
  if (told.power <= mostW) return { state: {} }
  const since = state.overPowerSince ?? at
  if (told.power < limits.ratedPowerW * atOnceFactor && at - since < overPowerAfterMs)
    return { state: { overPowerSince: since } }
  return {
    state: { overPowerSince: since },
    danger: {
      code: 'over-power',
      message: `More power was drawn than the plug may give (${told.power.toFixed(0)} W, at most ${limits.ratedPowerW} W).`,
    },
  }
}
